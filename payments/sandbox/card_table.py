"""Which numbers are test cards, and what is each documented to do?

Source: docs.stripe.com/testing and docs.stripe.com/radar/testing, read in November 2026. Cards whose
outcome hangs on an account's own settings that the sandbox does not have are left out.
"""

from payments.sandbox.card_countries import COUNTRY_CARDS
from payments.sandbox.cards import Authentication, Card, Complaint, Decline, RefundCourse, Risk

BRANDS = "Succeeds, by brand"
DECLINED = "Declined by the bank"
SECURE = "Bank challenge (3-D Secure)"
RADAR = "Fraud checks"
DISPUTED = "Succeeds, then disputed"
LATER = "Refunds and timing"

_DECLINED = "Your card was declined."
GENERIC = Decline("card_declined", "generic_decline", _DECLINED, "try_again_later")
INSUFFICIENT = Decline(
    "card_declined", "insufficient_funds", "Your card has insufficient funds.", "try_again_later"
)
BLOCKED = Decline("card_declined", "fraudulent", _DECLINED, "do_not_try_again")
PROCESSING = Decline(
    "processing_error",
    None,
    "An error occurred while processing your card. Try again in a little bit.",
    "try_again_later",
)


def _brand(
    name: str,
    number: str,
    brand: str,
    says: str,
    *ready: str,
    country: str = "US",
    funding: str = "credit",
) -> Card:
    return Card(
        name=name,
        number=number,
        brand=brand,
        says=says,
        group=BRANDS,
        ready_made=ready,
        country=country,
        funding=funding,
    )


def _declined(name: str, number: str, decline: Decline, says: str, *ready: str) -> Card:
    return Card(
        name=name, number=number, group=DECLINED, says=says, decline=decline, ready_made=ready
    )


def _secure(
    name: str,
    number: str,
    how: Authentication,
    says: str,
    *ready: str,
    decline: Decline | None = None,
    set_up: bool = False,
    country: str = "US",
) -> Card:
    return Card(
        name=name,
        number=number,
        group=SECURE,
        says=says,
        authentication=how,
        ready_made=ready,
        decline=decline,
        set_up_off_session=set_up,
        country=country,
    )


_BRAND_CARDS = (
    _brand("visa", "4242424242424242", "visa", "Visa", "pm_card_visa", "pm_card_us"),
    _brand(
        "visa_debit", "4000056655665556", "visa", "Visa debit", "pm_card_visa_debit",
        funding="debit",
    ),
    _brand("mastercard", "5555555555554444", "mastercard", "Mastercard", "pm_card_mastercard"),
    _brand("mastercard_2", "2223003122003222", "mastercard", "Mastercard, 2-series"),
    _brand(
        "mastercard_debit", "5200828282828210", "mastercard", "Mastercard debit",
        "pm_card_mastercard_debit", funding="debit",
    ),
    _brand(
        "mastercard_prepaid", "5105105105105100", "mastercard", "Mastercard prepaid",
        "pm_card_mastercard_prepaid", funding="prepaid",
    ),
    Card(
        name="amex", number="378282246310005", brand="amex", group=BRANDS,
        says="American Express; does not support 3-D Secure",
        authentication=Authentication.UNSUPPORTED,
        ready_made=("pm_card_amex", "pm_card_amex_threeDSecureNotSupported"),
    ),
    _brand("amex_2", "371449635398431", "amex", "American Express"),
    _brand("discover", "6011111111111117", "discover", "Discover", "pm_card_discover"),
    _brand("discover_2", "6011000990139424", "discover", "Discover"),
    _brand(
        "discover_debit", "6011981111111113", "discover", "Discover debit", funding="debit"
    ),
    _brand("diners", "3056930009020004", "diners", "Diners Club", "pm_card_diners"),
    _brand("diners_14", "36227206271667", "diners", "Diners Club, 14 digits"),
    _brand("bccard", "6555900000604105", "discover", "BCcard and DinaCard", country="KR"),
    _brand("jcb", "3566002020360505", "jcb", "JCB", "pm_card_jcb", country="JP"),
    _brand("unionpay", "6200000000000005", "unionpay", "UnionPay", "pm_card_unionpay",
           country="CN"),
    _brand("unionpay_debit", "6200000000000047", "unionpay", "UnionPay debit", country="CN",
           funding="debit"),
    _brand("unionpay_19", "6205500000000000004", "unionpay", "UnionPay, 19 digits", country="CN"),
    _brand("visa_cb", "4000002500001001", "visa", "Cartes Bancaires and Visa",
           "pm_card_visa_cartesBancaires", country="FR"),
    _brand("mastercard_cb", "5555552500001001", "mastercard", "Cartes Bancaires and Mastercard",
           "pm_card_mastercard_cartesBancaires", country="FR"),
    _brand("visa_eftpos", "4000050360000001", "visa", "eftpos Australia and Visa",
           "pm_card_visa_debit_eftposAuCoBranded", country="AU", funding="debit"),
    _brand("mastercard_eftpos", "5555050360000080", "mastercard",
           "eftpos Australia and Mastercard", "pm_card_mastercard_debit_eftposAuCoBranded",
           country="AU", funding="debit"),
)  # fmt: skip

_DECLINED_CARDS = (
    _declined("generic_decline", "4000000000000002", GENERIC, "Declined, no reason given",
              "pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"),
    _declined("insufficient_funds", "4000000000009995", INSUFFICIENT, "Insufficient funds",
              "pm_card_visa_chargeDeclinedInsufficientFunds",
              "pm_card_chargeDeclinedInsufficientFunds"),
    _declined("lost_card", "4000000000009987",
              Decline("card_declined", "lost_card", _DECLINED, "do_not_try_again"),
              "Reported lost",
              "pm_card_visa_chargeDeclinedLostCard", "pm_card_chargeDeclinedLostCard"),
    _declined("stolen_card", "4000000000009979",
              Decline("card_declined", "stolen_card", _DECLINED, "do_not_try_again"),
              "Reported stolen",
              "pm_card_visa_chargeDeclinedStolenCard", "pm_card_chargeDeclinedStolenCard"),
    _declined("expired_card", "4000000000000069",
              Decline("expired_card", None, "Your card has expired.", "confirm_card_data"),
              "Expired", "pm_card_chargeDeclinedExpiredCard"),
    _declined("incorrect_cvc", "4000000000000127",
              Decline("incorrect_cvc", None, "Your card's security code is incorrect.",
                      "confirm_card_data"),
              "Wrong security code", "pm_card_chargeDeclinedIncorrectCvc"),
    _declined("processing_error", "4000000000000119", PROCESSING, "Processing error",
              "pm_card_chargeDeclinedProcessingError"),
    _declined("incorrect_number", "4242424242424241",
              Decline("incorrect_number", None, "Your card number is incorrect.",
                      "confirm_card_data"),
              "Wrong number (the fields refuse it)"),
    _declined("velocity", "4000000000006975",
              Decline("card_declined", "card_velocity_exceeded",
                      "Your card was declined for making repeated attempts too frequently "
                      "or exceeding its amount limit.", "try_again_later"),
              "Over its limit of tries or amount",
              "pm_card_visa_chargeDeclinedVelocityLimitExceeded"),
    _declined("decline_after_attach", "4000000000000341", GENERIC,
              "Can be kept on file; every charge is declined",
              "pm_card_chargeCustomerFail"),
)  # fmt: skip

_SECURE_CARDS = (
    _secure("auth_unless_set_up", "4000002500003155", Authentication.REQUIRED,
            "Challenged unless set up for off-session use",
            "pm_card_authenticationRequiredOnSetup", country="FR"),
    _secure("auth_always", "4000002760003184", Authentication.REQUIRED, "Challenged always",
            "pm_card_authenticationRequired", country="DE"),
    _secure("auth_set_up", "4000003800000446", Authentication.REQUIRED,
            "Challenged on session; already set up for off-session use",
            "pm_card_authenticationRequiredSetupForOffSession", set_up=True, country="IT"),
    _secure("auth_insufficient_funds", "4000008260003178", Authentication.REQUIRED,
            "Challenged, then insufficient funds",
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            decline=INSUFFICIENT, country="GB"),
    _secure("three_ds_required", "4000000000003220", Authentication.REQUIRED,
            "Challenge required", "pm_card_threeDSecure2Required", country="IE"),
    _secure("three_ds_required_us", "4000008400000027", Authentication.REQUIRED,
            "Challenge required, US card"),
    _secure("three_ds_required_older", "4000000000003063", Authentication.REQUIRED,
            "Challenge required", "pm_card_threeDSecureRequired"),
    _secure("three_ds_declined", "4000008400001629", Authentication.REQUIRED,
            "Challenged, then declined", "pm_card_threeDSecureRequiredChargeDeclined",
            decline=GENERIC),
    _secure("three_ds_lookup_error", "4000008400001280", Authentication.REQUIRED_BROKEN,
            "Challenge required, but the bank cannot be asked: declined",
            "pm_card_threeDSecureRequiredProcessingError"),
    _secure("three_ds_optional", "4000000000003055", Authentication.OPTIONAL,
            "Challenged only when asked for", "pm_card_threeDSecureOptional"),
    _secure("three_ds_optional_error", "4000000000003097", Authentication.OPTIONAL_BROKEN,
            "Challenge not required; asking for one fails",
            "pm_card_threeDSecureOptionalProcessingError"),
    _secure("three_ds_frictionless", "4000000032200000", Authentication.FRICTIONLESS,
            "Authenticated without a challenge"),
)  # fmt: skip

_RADAR_CARDS = (
    Card(name="blocked", number="4100000000000019", group=RADAR, risk=Risk.HIGHEST,
         says="Highest risk, always blocked", decline=BLOCKED,
         ready_made=("pm_card_radarBlock", "pm_card_chargeDeclinedFraudulent")),
    Card(name="highest_risk", number="4000000000004954", group=RADAR, risk=Risk.HIGHEST,
         says="Highest risk, blocked by the default rule", decline=BLOCKED,
         ready_made=("pm_card_riskLevelHighest",)),
    Card(name="elevated_risk", number="4000000000009235", group=RADAR, risk=Risk.ELEVATED,
         says="Elevated risk: succeeds and is placed in review",
         ready_made=("pm_card_riskLevelElevated",)),
    Card(name="cvc_fails", number="4000000000000101", group=RADAR, cvc_check="fail",
         says="Security code check fails; the charge succeeds",
         ready_made=("pm_card_cvcCheckFail",)),
    Card(name="cvc_fails_elevated", number="4000058400307872", group=RADAR, cvc_check="fail",
         risk=Risk.ELEVATED, says="Security code check fails, elevated risk",
         ready_made=("pm_card_cvcCheckFailElevatedRisk",)),
    Card(name="postal_fails", number="4000000000000036", group=RADAR, postal_check="fail",
         says="Postal code check fails", ready_made=("pm_card_avsZipFail",)),
    Card(name="postal_fails_elevated", number="4000058400306072", group=RADAR,
         postal_check="fail", risk=Risk.ELEVATED, says="Postal code check fails, elevated risk",
         ready_made=("pm_card_avsZipFailElevatedRisk",)),
    Card(name="line1_fails", number="4000000000000028", group=RADAR, line1_check="fail",
         says="Address line check fails", ready_made=("pm_card_avsLine1Fail",)),
    Card(name="address_fails", number="4000000000000010", group=RADAR, line1_check="fail",
         postal_check="fail", says="Address and postal code checks fail",
         ready_made=("pm_card_avsFail",)),
    Card(name="address_unavailable", number="4000000000000044", group=RADAR,
         line1_check="unavailable", postal_check="unavailable",
         says="Address checks unavailable", ready_made=("pm_card_avsUnchecked",)),
)  # fmt: skip

_DISPUTED_CARDS = (
    Card(name="disputed_fraudulent", number="4000000000000259", group=DISPUTED,
         says="Disputed as fraudulent", complaint=Complaint.FRAUDULENT,
         ready_made=("pm_card_createDispute",)),
    Card(name="disputed_not_received", number="4000000000002685", group=DISPUTED,
         says="Disputed as product not received", complaint=Complaint.NOT_RECEIVED,
         ready_made=("pm_card_createDisputeProductNotReceived",)),
    Card(name="inquiry", number="4000000000001976", group=DISPUTED,
         says="The bank inquires (no money moves)", complaint=Complaint.INQUIRY,
         ready_made=("pm_card_createDisputeInquiry",)),
    Card(name="early_fraud_warning", number="4000000000005423", group=DISPUTED,
         says="Early fraud warning", complaint=Complaint.EARLY_WARNING,
         ready_made=("pm_card_createIssuerFraudRecord",)),
)  # fmt: skip

_LATER_CARDS = (
    Card(name="pending_refund", number="4000000000007726", group=LATER,
         says="Refunds are pending, then succeed", refund=RefundCourse.PENDING_THEN_SUCCEEDS,
         ready_made=("pm_card_pendingRefund",)),
    Card(name="failing_refund", number="4000000000005126", group=LATER,
         says="Refunds succeed, then fail", refund=RefundCourse.SUCCEEDS_THEN_FAILS,
         ready_made=("pm_card_refundFail",)),
    Card(name="bypass_pending", number="4000000000000077", group=LATER,
         says="Funds available at once", settles_at_once=True,
         ready_made=("pm_card_bypassPending",)),
    Card(name="bypass_pending_international", number="4000003720000278", group=LATER,
         says="Funds available at once, Irish card", settles_at_once=True, country="IE",
         ready_made=("pm_card_bypassPendingInternational",)),
)  # fmt: skip

# No published number behaves so: reachable by its id alone, with a number that is not for typing.
_OWN_CARDS = (
    Card(name="processing_first", number="4242424242424242", group=LATER, processes_first=True,
         says="By id pm_sandbox_processing alone: processing for a few seconds, then succeeds",
         ready_made=("pm_sandbox_processing",)),
)  # fmt: skip

CARDS: tuple[Card, ...] = (
    *_BRAND_CARDS,
    *_DECLINED_CARDS,
    *_SECURE_CARDS,
    *_RADAR_CARDS,
    *_DISPUTED_CARDS,
    *_LATER_CARDS,
    *COUNTRY_CARDS,
    *_OWN_CARDS,
)
