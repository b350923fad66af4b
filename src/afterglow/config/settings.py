"""Django's settings. What a person may set comes through config.env; the rest is fixed here."""

from pathlib import Path

from afterglow.config import env
from afterglow.config.static import tree_hash
from afterglow.serving.names import OurNames

ENVIRONMENT = env.environment()
# The newest first. The oldest names this instance, so that its cookies and push subscriptions outlive a new key.
SERVER_KEYS = env.prepare_home(ENVIRONMENT.home)
SERVER_KEY, OLDEST_SERVER_KEY = SERVER_KEYS[0], SERVER_KEYS[-1]
SECRET_KEY = env.derived(SERVER_KEY, "django").hex()
SECRET_KEY_FALLBACKS = [env.derived(key, "django").hex() for key in SERVER_KEYS[1:]]
INSTANCE = env.derived(OLDEST_SERVER_KEY, "instance").hex()[:8]

DEBUG = False
# Which way other devices come in, as it stands at each request; `ui.middleware.one_address` holds each way to its name.
REACH = env.reach_of(ENVIRONMENT)
ALLOWED_HOSTS = OurNames(REACH)
ROOT_URLCONF = "afterglow.config.urls"
WSGI_APPLICATION = "afterglow.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CAPABILITIES = [
    "ui",
    "vault",
    "network",
    "accounts",
    "medicine",
    "journal",
    "measures",
    "plans",
    "insights",
    "reminders",
    "sharing",
    "companion",
    "transfer",
]
PACKAGE = Path(__file__).resolve().parent.parent
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    *[f"afterglow.{name}" for name in CAPABILITIES],
    "django.forms",
]

MIDDLEWARE = [
    "afterglow.ui.middleware.quiet_headers",
    "afterglow.ui.middleware.one_address",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "afterglow.ui.middleware.speak_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "afterglow.vault.middleware.OpenVaultMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": ["afterglow.ui.context.page"],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "afterglow.ui.templatetags.ui",
                "afterglow.accounts.templatetags.accounts",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(ENVIRONMENT)}

# What a person sends never waits in a plain temporary file: each piece of a file is sealed as it arrives.
FILE_UPLOAD_HANDLERS = ["afterglow.vault.media.handler.SealingUploadHandler"]
# Only a sealed copy from another computer ever waits there, before anybody has a vault here.
FILE_UPLOAD_TEMP_DIR = ENVIRONMENT.home
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

LANGUAGE_CODE = "en"
# Each by its own name, which is not translated.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"/static/{tree_hash(PACKAGE)}/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31536000
WHITENOISE_ALLOW_ALL_ORIGINS = False

COOKIE_PREFIX = f"__Host-ag-{INSTANCE}"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}-form"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "afterglow.ui.views.form_not_accepted"
# Safe to believe here: `one_address` has taken the header from everybody but a listed proxy before it is read.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True

# Own words never reach a log: one formatter, an allow-list of fields, and an error page without locals.
DEFAULT_EXCEPTION_REPORTER = "afterglow.vault.reports.WordlessReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "afterglow.vault.reports.WordlessFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "afterglow.vault.reports.WordlessFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "wordless"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Its debug lines quote a page's values; they stay off even where django's own level is turned down.
        "django.template": {"level": "WARNING"},
        # Without any handler Python itself would print it, with the name that somebody sent.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# The vault
LOCKED_VIEW = "afterglow.accounts.views.locked"
# Who may begin a vault here: whoever sits at this computer, the first person, and who was invited.
LOOPBACK_HOSTS = env.LOOPBACK_HOSTS
NEW_VAULTS_BY_ANYONE = ENVIRONMENT.new_vaults_by_anyone
IS_INVITATION = "afterglow.sharing.queries.people.is_invitation"
START_AGAIN = "afterglow.config.process.start_again"
HELD_UNTIL = "afterglow.medicine.queries.held_until"
RECOVERY_IS_DUE = "afterglow.accounts.queries.recovery_is_due"
LOCK_AFTER_IDLE_SECONDS = 15 * 60
LOCK_AFTER_SECONDS = 12 * 60 * 60
SWEEP_EVERY_SECONDS = 3
FOLDED_TEXT_BYTES = 64 * 1024 * 1024
AFTER_CHANGE: list[str] = [
    "afterglow.network.services.after_change",
    "afterglow.insights.services.vectors.after_change",
    "afterglow.companion.services.after_change",
    "afterglow.reminders.services.rows.after_change",
    "afterglow.sharing.partner.services.after_change",
    "afterglow.sharing.services.following.after_change",
]
# What each kind of form that was kept on a phone becomes: a function of the capability's services.
OUTBOX = {
    "entry": "afterglow.companion.services.session.keep_of_its_sitting",
    "entry-edit": "afterglow.journal.services.change_sent",
    "more-photos": "afterglow.journal.services.making_sent.more_photos_sent",
    "check-in": "afterglow.measures.services.keep_sent",
    "check-in-more": "afterglow.measures.services.add_sent",
    "practice": "afterglow.companion.services.do_sent",
    "done": "afterglow.companion.services.do_sent",
    "made": "afterglow.companion.services.keep_made",
    "said": "afterglow.companion.services.session.keep_said",
    "there": "afterglow.medicine.services.sent.there_sent",
    "home": "afterglow.medicine.services.sent.home_sent",
    "card": "afterglow.companion.services.session.keep_card_sent",
    "blood-pressure": "afterglow.medicine.services.sent.pressure_sent",
    "side-effect": "afterglow.medicine.services.sent.side_effect_sent",
    "draft": "afterglow.accounts.services.keep_sent_draft",
    **dict.fromkeys(
        ("voice", "drawing", "photo", "music", "poem", "movement"),
        "afterglow.companion.services.session.keep_of_its_sitting",
    ),
    "form": "afterglow.accounts.services.keep_sent_form",
}
# Which files such a form may bring, where not every kind is meant.
OUTBOX_FILES = {
    "photo": "image/",
    "more-photos": "image/",
    "voice": "audio/",
    "music": "audio/",
    "said": "audio/",
}

# Reminders: nothing is sent anywhere until a person switches a way on; mail also needs a server named in config.env.
REMIND_EVERY_SECONDS = 20
# What is kept for a device outside the vault goes with it.
DEVICE_REMOVED = ["afterglow.reminders.services.ways.device_removed"]
# Days on which a reminder comes whatever the rhythm; the rows say nothing of why.
ALSO_REMINDED = "afterglow.sharing.partner.queries.check_ins.days_to_answer"
PUSH_SECRET = env.derived(OLDEST_SERVER_KEY, "push")
PUSH_CONTACT = ENVIRONMENT.address
MAIL = ENVIRONMENT.mail

# Sealed files of what is too large for a row: photos and recordings.
MEDIA_FOLDER = ENVIRONMENT.home / "media"
# A model that writes down what was said, where the person brought one.
VOICE_FOLDER = ENVIRONMENT.home / "voice"

# A sealed copy of everything each day, seven days and four weeks of them.
COPIES_FOLDER = ENVIRONMENT.copies
if MAIL:
    EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.by_ssl, MAIL.by_starttls
    EMAIL_TIMEOUT = 20
    DEFAULT_FROM_EMAIL = MAIL.sender
# Where "Leave quickly" goes: an ordinary page that explains nothing about this one.
ELSEWHERE = "https://www.wikipedia.org/"
