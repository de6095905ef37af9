"""The contract's texts, and what every check asks of values."""
import datetime
import re
import uuid

TAKEN = "File uploaded successfully. Processing will begin shortly."
QUEUE_FULL = "Processing queue is full. Try again later."
A_KIND = "Invalid file type. Allowed extensions: .xlsx, .xls"
B_KIND = "Invalid file type. Allowed extensions: .xlsx, .xls, .csv"
A_LARGE = "File too large. Maximum size: 50MB"
B_LARGE = "File size exceeds maximum limit (100MB)"
MODE = "Mode must be 'append' or 'replace'"
NOBODY = "00000000-0000-4000-8000-00000000beef"
BULK = re.compile(r"^BULK-[0-9]+-[A-Za-z0-9]+$")
PERCENT = re.compile(r"^[0-9]+\.[0-9]{2}%$")


def detail(status, text):
    return status, {"detail": text}


def refusal(status, text):
    return status, {"success": False, "message": text}


def is_uuid(text):
    try:
        return str(uuid.UUID(text)) == text.lower()
    except (ValueError, AttributeError, TypeError):
        return False


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def keys(judge, asked, expected, got):
    judge.same(asked, sorted(expected), sorted(got))


def some_detail(judge, answer, status):
    """A refusal whose wording the contract leaves free."""
    judge.same(answer, status, answer.status)
    judge.holds(answer, list(answer.json) == ["detail"] and isinstance(answer.json["detail"], str) and answer.json["detail"], "a detail", answer.text)


def some_message(judge, answer, status):
    judge.same(answer, status, answer.status)
    judge.holds(answer, answer.json.get("success") is False and answer.json.get("message"), "success false, and a message", answer.text)
