"""What went wrong, for a person: a sentence that says what to do, and never a stack trace."""


class UserError(Exception):
    """The command cannot do what was asked: ``message`` says why and what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
