"""The fields of a denial: of the single one older files have, and of each in a list."""

from mild_biller.presentation.field import Field
from mild_biller.presentation.typed_text import PAST_DAY, REMITTANCE_CODES, WHOLE

DENIAL = (
    (
        Field("date", "Denied on", PAST_DAY, width=12),
        Field("line", "Line (blank: whole claim)", WHOLE, width=4),
    ),
    (
        Field("carc", "Reason codes (CARC)", REMITTANCE_CODES, width=16),
        Field("rarc", "Remark codes (RARC)", REMITTANCE_CODES, width=16),
    ),
    (Field("remark", "What the payer wrote", width=36, grows=True),),
)
