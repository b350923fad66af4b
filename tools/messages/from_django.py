"""What Django says in a form that a person may meet: said again in our own words, as the rest of the page speaks."""

from tools.messages.message import Message

FROM_DJANGO = (
    Message("This field is required."),
    Message("Enter a number."),
    Message("Enter a whole number."),
    Message("Enter a valid date."),
    Message("Enter a valid time."),
    Message("Enter a valid email address."),
    Message("Enter a valid value."),
    Message("Select a valid choice. %(value)s is not one of the available choices."),
    Message("Select a valid choice. That choice is not one of the available choices."),
    Message("Ensure this value is less than or equal to %(limit_value)s."),
    Message("Ensure this value is greater than or equal to %(limit_value)s."),
    Message(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        plural="Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    Message(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        plural="Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    Message("No file was submitted."),
    Message("No file was submitted. Check the encoding type on the form."),
    Message("The submitted file is empty."),
    Message("Null characters are not allowed."),
)
