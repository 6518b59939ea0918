"""What the tutor says, as values shaped by meaning. Adapters render them; nobody else does."""

from bot.messages.acts import Act, Button, ButtonStyle
from bot.messages.cards import (
    Explanation,
    Feedback,
    OptionReason,
    OptionView,
    QuestionCard,
    Reveal,
    Source,
    Verdict,
)
from bot.messages.codec import StaleButtonError, decode, encode
from bot.messages.forms import (
    Choice,
    Field,
    FileField,
    Form,
    FormErrors,
    Switch,
    TextField,
    Upload,
    UploadError,
)
from bot.messages.message import Message
from bot.messages.messenger import (
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryUnknownError,
    Messenger,
    NotYetError,
)
from bot.messages.reply import Reply
from bot.messages.sheets import (
    BoardRow,
    File,
    Leaderboard,
    Meter,
    Notice,
    Picture,
    Section,
    Sheet,
    Table,
    Tone,
)

__all__ = [
    "Act",
    "BoardRow",
    "Button",
    "ButtonStyle",
    "ChannelGoneError",
    "Choice",
    "DeliveryFailedError",
    "DeliveryUnknownError",
    "Explanation",
    "Feedback",
    "Field",
    "File",
    "FileField",
    "Form",
    "FormErrors",
    "Leaderboard",
    "Message",
    "Messenger",
    "Meter",
    "NotYetError",
    "Notice",
    "OptionReason",
    "OptionView",
    "Picture",
    "QuestionCard",
    "Reply",
    "Reveal",
    "Section",
    "Sheet",
    "Source",
    "StaleButtonError",
    "Switch",
    "Table",
    "TextField",
    "Tone",
    "Upload",
    "UploadError",
    "Verdict",
    "decode",
    "encode",
]
