"""Addresses between two people who share."""

from django.urls import path

from afterglow.sharing.partner.views import asking, check_ins, pages, people, saying, thread

app_name = "partner"
urlpatterns = [
    path("partner/", people.rows, name="people"),
    path("partner/<uuid:person>/", people.person, name="person"),
    path("partner/<uuid:person>/check-ins/", people.propose, name="propose"),
    path("partner/<uuid:person>/question/", saying.question, name="question"),
    path("partner/<uuid:person>/practice/", saying.practice, name="practice"),
    path("partner/<uuid:person>/obstacle/<uuid:record>/", saying.obstacle, name="obstacle"),
    path("partner/<uuid:person>/done/<uuid:record>/", saying.win, name="win"),
    path("partner/<uuid:person>/notes/", people.notes, name="notes"),
    path(
        "partner/<uuid:person>/notes/<uuid:record>/remove/", people.remove_note, name="remove_note"
    ),
    path("messages/", thread.messages, name="messages"),
    path("messages/<uuid:other>/", thread.with_one, name="thread"),
    path("messages/<uuid:other>/page/", pages.choose, name="send_page"),
    path("messages/<uuid:other>/page/<uuid:record>/", pages.send, name="send_this_page"),
    path("messages/kept/<uuid:record>/remove/", thread.remove, name="remove"),
    path("messages/plan/<uuid:record>/take/", thread.take_plan, name="take_plan"),
    path("check-ins/", check_ins.everybody, name="everybody"),
    path("check-ins/<uuid:other>/", check_ins.agree, name="check_ins"),
    path("check-ins/<uuid:other>/end/", check_ins.end, name="end_check_ins"),
    path("check-ins/<uuid:other>/answer/", check_ins.answer, name="answer"),
    path("check-ins/kept/<uuid:record>/", check_ins.answered, name="answered"),
    path("help/partner/choose/", asking.choose, name="help_partner"),
    path("help/partner/asked/", asking.asked, name="help_asked"),
]
