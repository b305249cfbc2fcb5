"""Every error a reader can meet, each with one Dutch line that says what to do.

OovError                  something could not be done
├── Refused               a file or its metadata is not taken in; the rest goes on
├── NotFound              a document, edition or passage that is not in the library
├── Busy                  another process holds the library
├── WrongModel            the library was embedded with another model
├── WrongSetting          a setting has no usable value
├── Unavailable           something that should be there is not: model, disk, address
└── Denied                not logged in, or not allowed
    └── NotLoggedIn
"""


class OovError(Exception):
    """Something could not be done; `str(error)` is the Dutch line for the reader."""

    code = "fout"


class Refused(OovError):
    code = "geweigerd"


class NotFound(OovError):
    code = "niet_gevonden"


class Busy(OovError):
    code = "bezet"


class WrongModel(OovError):
    code = "ander_model"


class WrongSetting(OovError):
    code = "instelling"


class Unavailable(OovError):
    code = "niet_beschikbaar"


class Denied(OovError):
    code = "niet_toegestaan"


class NotLoggedIn(Denied):
    code = "niet_ingelogd"
