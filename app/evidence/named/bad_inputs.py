"""Thirty kinds of bad input, and the tests that send them."""

from typing import Final

from app.evidence.named.rows import NamedTest

BAD_INPUTS: Final = (
    NamedTest(
        "1",
        "Amounts that are no whole number",
        ("tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",),
    ),
    NamedTest(
        "2",
        "Nothing, and less than nothing",
        ("tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",),
    ),
    NamedTest(
        "3",
        "Amounts that no field can hold, or above the limit",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/core/test_strict_json.py::test_the_largest_integers_are_exact",
        ),
    ),
    NamedTest(
        "4",
        "Numbers that JSON does not have",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/core/test_strict_json.py::test_malformed_bodies_are_refused",
        ),
    ),
    NamedTest(
        "5",
        "More decimals than the currency has; a PSP's own exponents",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/payments/gateways/test_adyen_words.py::test_an_amount_as_adyen_counts_it",
            "tests/payments/gateways/test_adyen_words.py::test_every_published_exponent_comes_back_as_it_went",
            "tests/payments/contract/test_charging.py::test_an_amount_of_any_currency_comes_back_as_it_went_or_not_at_all",
        ),
    ),
    NamedTest(
        "6",
        "Codes that name no active currency",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/core/test_money.py::test_only_an_active_code_in_upper_case_names_a_currency",
        ),
    ),
    NamedTest(
        "7",
        "One key twice",
        ("tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",),
    ),
    NamedTest(
        "8",
        "Fields that nobody asked for",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/compliance/test_routes_bodies.py::test_an_unknown_field_is_refused",
        ),
    ),
    NamedTest(
        "9",
        "Arrays without end",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/core/test_strict_json.py::test_the_deepest_body_that_is_allowed_is_read_and_one_deeper_is_not",
            "tests/core/test_strict_json.py::test_a_megabyte_made_to_be_slow_is_refused_within_a_second",
        ),
    ),
    NamedTest(
        "10",
        "Other encodings",
        ("tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",),
    ),
    NamedTest(
        "11",
        "Half a character",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/core/test_strict_json.py::test_text_that_no_database_can_hold_is_unusable",
        ),
    ),
    NamedTest(
        "12",
        "NUL in a text or a path",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/app/test_bad_input.py::test_wrong_methods_paths_and_pages",
        ),
    ),
    NamedTest(
        "13",
        "Bodies over the limit, with their length told or not",
        (
            "tests/app/test_bad_input.py::test_content_types_encodings_and_sizes",
            "tests/app/test_front.py::test_an_endless_body_is_cut_off",
        ),
    ),
    NamedTest(
        "14",
        "Compressed bodies",
        ("tests/app/test_bad_input.py::test_content_types_encodings_and_sizes",),
    ),
    NamedTest(
        "15",
        "Another type, or none",
        (
            "tests/app/test_bad_input.py::test_content_types_encodings_and_sizes",
            "tests/app/bad_input/test_other_sites.py::test_another_site_makes_no_link_in_its_visitors_name",
        ),
    ),
    NamedTest(
        "16",
        "Heads and bodies that dribble, while others are served",
        (
            "tests/app/test_front.py::test_a_head_that_never_ends_is_hung_up_on",
            "tests/app/bad_input/test_wire.py::test_a_body_that_dribbles_is_given_up_and_others_are_served",
        ),
    ),
    NamedTest(
        "17",
        "Headers that are too long or too many",
        ("tests/app/bad_input/test_wire.py::test_headers_that_are_too_many_or_too_long_are_431",),
    ),
    NamedTest(
        "18",
        "Requests that two readers understand differently",
        (
            "tests/app/bad_input/test_wire.py::test_what_could_hide_a_request_is_refused_and_hung_up_on",
        ),
    ),
    NamedTest(
        "19",
        "A host that is not ours",
        ("tests/app/test_front.py::test_an_unknown_host_is_misdirected",),
    ),
    NamedTest(
        "20",
        "Line breaks on their way into a mail",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/channels/providers/test_smtp.py::test_a_line_break_in_a_header_sends_nothing",
        ),
    ),
    NamedTest(
        "21",
        "Telephone numbers that are none, or dear",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/channels/test_addresses.py::test_a_phone_becomes_e164",
            "tests/channels/test_addresses.py::test_what_is_no_phone_to_write_to_is_refused_without_repeating_it",
        ),
    ),
    NamedTest(
        "22",
        "Email addresses that are none, or several",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/channels/test_addresses.py::test_what_is_not_one_email_is_refused",
            "tests/channels/test_addresses.py::test_an_international_domain_travels_in_ascii",
        ),
    ),
    NamedTest(
        "23",
        "Names that could be taken for another, and signs that turn or hide",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/compliance/test_merchants.py::test_a_name_that_could_deceive_is_refused",
        ),
    ),
    NamedTest(
        "24",
        "Card numbers where none belongs",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/channels/test_inbound_words.py::test_names_of_files_and_senders_are_masked",
            "tests/compliance/test_routes_bodies.py::test_a_card_number_anywhere_is_refused_by_name",
        ),
    ),
    NamedTest(
        "25",
        "Formulas, templates and markup in a name",
        (
            "tests/app/test_bad_input.py::test_formulas_templates_and_markup_are_only_text",
            "tests/app/bad_input/test_literal_text.py::test_a_text_stays_what_was_typed_or_is_refused",
            "tests/compliance/test_csv_answers.py::test_a_formula_is_text",
        ),
    ),
    NamedTest(
        "26",
        "Links that have ended, are paid, or never were",
        (
            "tests/links/pages/test_page.py::test_each_end_of_a_link_has_its_page",
            "tests/links/pages/test_page.py::test_a_paid_link_shows_its_receipt",
            "tests/links/pages/test_page.py::test_a_token_that_names_nothing_shows_nothing_of_anybody",
            "tests/links/test_checkout.py::test_an_ended_link_takes_no_payment",
        ),
    ),
    NamedTest(
        "27",
        "Ends that no calendar has, in the past, or too far off",
        ("tests/app/test_bad_input.py::test_expiry_that_no_calendar_has_is_refused",),
    ),
    NamedTest(
        "28",
        "Idempotency keys that are none, used for something else, or in use",
        (
            "tests/app/test_bad_input.py::test_idempotency_keys_are_checked",
            "tests/app/test_bad_input.py::test_the_same_key_answers_the_same_and_another_body_is_refused",
            "tests/app/test_bad_input.py::test_twenty_requests_with_one_key_make_one_link",
            "tests/compliance/test_routes_once.py::test_while_the_first_is_running_the_second_is_told_so",
        ),
    ),
    NamedTest(
        "29",
        "Addresses to return or to report to that lead inside or astray",
        (
            "tests/core/outbound/test_destinations.py::test_anything_else_is_refused_with_its_place_and_without_repeating_it",
            "tests/agent_feed/webhooks/test_routes_webhook_endpoints.py::test_what_cannot_be_is_refused",
            "tests/compliance/test_setting_rules.py::test_an_address_that_does_not_lead_where_it_seems_to_is_refused",
        ),
    ),
    NamedTest(
        "30",
        "Wrong methods, garbage behind the body, impossible pages and forged cursors",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/app/test_bad_input.py::test_wrong_methods_paths_and_pages",
            "tests/app/bad_input/test_odd_requests.py::test_a_range_is_ignored",
            "tests/app/bad_input/test_odd_requests.py::test_a_verb_that_there_is_none_of_is_refused_and_echoes_nothing",
            "tests/app/bad_input/test_odd_requests.py::test_a_page_that_cannot_be_is_refused",
        ),
    ),
)
