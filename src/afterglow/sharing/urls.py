"""Addresses of sharing: the person's own side, and the thin way of the other side."""

from django.urls import path

from afterglow.sharing.views import by_file, giving, helping, inviting, when

app_name = "sharing"
urlpatterns = [
    path("sharing/", inviting.helpers, name="helpers"),
    path("sharing/invite/", inviting.invite, name="invite"),
    path("sharing/invited/<str:token>/", helping.invited, name="invited"),
    path("sharing/with/<uuid:record>/", inviting.helper, name="helper"),
    path("sharing/with/<uuid:record>/call-off/", inviting.call_off, name="call_off"),
    path("sharing/with/<uuid:record>/compare/", inviting.compare, name="compare"),
    path("sharing/with/<uuid:record>/end/", inviting.end_with, name="end_with"),
    path("sharing/with/<uuid:record>/choose/", giving.choose, name="choose"),
    path("sharing/given/<uuid:grant>/", giving.given, name="given"),
    path("sharing/given/<uuid:grant>/stop/", giving.stop, name="stop"),
    path("sharing/stopped/", giving.stopped, name="stopped"),
    path("sharing/by-file/", by_file.by_file, name="by_file"),
    path("sharing/by-file/page/", by_file.reply_page, name="reply_page"),
    path("sharing/by-file/answer/", by_file.reply, name="reply"),
    path("sharing/by-file/answer/keep/", by_file.keep_reply, name="keep_reply"),
    path("sharing/when/", when.index, name="when_index"),
    path("sharing/when/<slug:page>/", when.when, name="when"),
    path("sharing/helping/", helping.helped, name="helped"),
    path("sharing/helping/<uuid:record>/", helping.person, name="person"),
    path("sharing/helping/<uuid:record>/leave/", helping.leave, name="leave"),
    path("sharing/media/<uuid:owner>/<uuid:media>/", helping.media, name="media"),
    path("sharing/shared/<uuid:grant>/", helping.shared, name="shared"),
]
