"""Each threat of the threat model (docs/threat-model.md) and the tests that try it."""

# ruff: noqa: E501 - names of tests are as long as they are

from typing import Final

from app.evidence.named.rows import NamedTest

THREATS: Final = (
    NamedTest(
        "1",
        "Ten thousand tokens have no pattern; unknown and malformed ones are answered alike; guessing is slowed down",
        (
            "tests/links/test_tokens.py::test_ten_thousand_tokens_have_no_pattern",
            "tests/links/test_tokens.py::test_a_token_has_at_least_142_random_bits",
            "tests/app/test_bad_input.py::test_unknown_malformed_and_foreign_tokens_look_alike",
            "tests/links/pages/test_page.py::test_whoever_guesses_tokens_is_slowed_down",
        ),
    ),
    NamedTest(
        "2",
        "After a payment no log holds the token, and neither the PSP nor anybody else was told it",
        (
            "tests/e2e/test_search.py::test_the_search_looks_into_databases_logs_and_traffic",
            "tests/e2e/test_referers.py::test_no_other_site_learns_the_link_from_a_payment",
            "tests/app/test_logs.py::test_card_numbers_tokens_and_secrets_are_taken_out",
            "tests/agent_feed/test_socket.py::test_no_token_is_logged",
            "tests/links/watch/test_headers.py::test_every_answer_on_the_way_to_a_payment_carries_them",
            "tests/links/pages/test_page.py::test_the_page_is_kept_by_nobody",
            "tests/links/pages/test_page.py::test_the_policy_lets_in_our_own_files_and_the_psps_alone",
        ),
    ),
    NamedTest(
        "3",
        "Whatever fetches a page, by GET or HEAD or with a browser, opens nothing; every app's own browser pays",
        (
            "tests/links/pages/test_page.py::test_looking_changes_nothing",
            "tests/e2e/test_help.py::test_what_fetches_or_renders_the_page_and_touches_nothing_opens_nothing",
            "tests/e2e/test_help.py::test_a_card_pays_inside_every_app",
            "tests/pay_page/test_rendering.py::test_previews_learn_nothing",
            "tests/pay_page/test_progress.py::test_looking_is_not_opening",
        ),
    ),
    NamedTest(
        "4",
        "Names that could be taken for another are refused or shown as what they are",
        (
            "tests/compliance/test_merchants.py::test_a_name_that_could_deceive_is_refused",
            "tests/links/test_brand.py::test_what_could_deceive_a_customer_is_refused_where_it_stands",
            "tests/compliance/test_setting_rules.py::test_an_address_that_does_not_lead_where_it_seems_to_is_refused",
            "tests/links/pages/test_brand.py::test_the_agent_and_the_customer_see_the_same_code",
        ),
    ),
    NamedTest(
        "5",
        "No published way out of an address leads elsewhere",
        (
            "tests/app/bad_input/test_other_sites.py::test_no_address_of_ours_leads_anywhere_else",
            "tests/pay_page/test_redirect.py::test_nobody_is_led_to_an_address_that_is_not_safe",
        ),
    ),
    NamedTest(
        "6",
        "Every post of a page sent again has no second effect",
        (
            "tests/links/pages/test_replays.py::test_every_post_sent_again_has_no_second_effect",
            "tests/links/test_completing.py::test_told_twice_it_is_passed_on_once",
            "tests/links/pages/test_reports.py::test_without_the_nonce_of_the_page_nothing_is_taken",
            "tests/links/pages/test_reports.py::test_the_nonce_of_another_links_page_does_not_hold",
        ),
    ),
    NamedTest(
        "7",
        "Fifty at once, two tabs and a challenge that is still open come to one charge",
        (
            "tests/links/test_checkout_once.py::test_fifty_submissions_at_once_charge_once",
            "tests/links/test_checkout_once.py::test_two_tabs_with_two_cards_charge_once_and_the_other_is_told_where",
            "tests/payments/test_attempts.py::test_the_database_itself_refuses_a_second_live_attempt",
            "tests/payments/test_surprising_money.py::test_a_second_success_is_booked_flagged_and_never_lost",
            "tests/e2e/test_interruptions.py::test_two_tabs_that_pay_at_once_make_one_charge",
        ),
    ),
    NamedTest(
        "8",
        "Amount, currency and status in anything that comes change nothing; one cent short is a mismatch",
        (
            "tests/links/pages/test_replays.py::test_a_post_with_more_in_it_changes_no_amount_and_no_state",
            "tests/links/pages/test_replays.py::test_what_the_address_claims_changes_no_amount_and_no_state",
            "tests/payments/test_event_orders.py::test_one_cent_short_is_a_mismatch_and_no_payment",
            "tests/payments/test_surprising_money.py::test_another_currency_is_a_mismatch_even_with_the_same_number",
        ),
    ),
    NamedTest(
        "9",
        "Paying oneself, approving oneself, changing what was opened and giving back more than came are refused and told",
        (
            "tests/payments/test_fraud.py::test_an_agent_who_pays_their_own_link_is_looked_at_by_somebody_else",
            "tests/links/test_approving.py::test_the_maker_is_not_the_second_person",
            "tests/links/test_approving.py::test_giving_the_link_to_a_colleague_does_not_make_its_maker_the_second_person",
            "tests/payments/routes/test_reviews.py::test_who_approves_their_own_link_is_refused_and_on_the_record",
            "tests/payments/routes/test_money_after.py::test_more_than_came_is_refused",
            "tests/payments/routes/test_money_after.py::test_fifty_refunds_at_once_never_exceed_what_came",
            "tests/links/test_lifecycle.py::test_nothing_is_amended_while_the_customer_pays",
        ),
    ),
    NamedTest(
        "10",
        "The published detection cases by every channel, also cut in pieces: masked before they are stored or shown",
        (
            "tests/channels/test_split_numbers.py::test_published_cases_broken_anywhere_are_masked_and_the_others_left_alone",
            "tests/channels/test_inbound_words.py::test_a_number_in_two_messages_is_gone_from_both_and_from_the_journal",
            "tests/channels/test_inbound_words.py::test_an_edit_is_a_further_message_and_takes_its_first_try_with_it",
            "tests/channels/test_inbound_words.py::test_names_of_files_and_senders_are_masked",
            "tests/channels/webchat/test_routes_webchat.py::test_a_card_number_is_masked_before_it_is_kept_and_told_of",
            "tests/channels/routes/test_webhooks_mail.py::test_a_card_number_in_a_mail_is_kept_nowhere",
            "tests/e2e/test_search.py::test_no_card_number_and_no_security_code_is_found_anywhere",
        ),
    ),
    NamedTest(
        "11",
        "Foreign, null and absent origins get no socket; a ticket is good once; lost rights close it within five seconds",
        (
            "tests/agent_feed/test_socket.py::test_a_cookie_without_our_own_origin_is_refused_with_403",
            "tests/agent_feed/test_socket.py::test_a_ticket_is_good_for_one_socket",
            "tests/agent_feed/test_socket.py::test_a_topic_that_is_not_theirs_closes_with_4403",
            "tests/agent_feed/test_socket.py::test_a_role_that_is_taken_away_closes_within_5_seconds",
            "tests/agent_feed/test_tickets.py::test_a_ticket_lasts_30_seconds",
        ),
    ),
    NamedTest(
        "12",
        "Every published wrong signature is a 4xx and leaves no state",
        (
            "tests/payments/test_events_as_published.py::test_every_forged_one_is_refused_and_leaves_no_trace",
            "tests/payments/gateways/test_adyen_notifications.py::test_every_published_signature_gets_its_right_answer",
            "tests/payments/gateways/test_adyen_notifications.py::test_one_forged_item_refuses_them_all",
            "tests/channels/providers/test_twilio_signature.py::test_every_published_case_is_judged_as_twilio_judges_it",
            "tests/payments/contract/test_reports.py::test_a_report_signed_by_another_is_refused",
            "tests/payments/contract/test_reports.py::test_a_report_that_was_changed_on_its_way_is_refused",
            "tests/payments/gateways/test_stripe_signatures.py::test_while_a_secret_is_changed_both_hold",
            "tests/app/test_bad_input.py::test_forged_webhooks_leave_no_trace",
        ),
    ),
    NamedTest(
        "13",
        "All 120 orders of five reports, each three times at once, end alike with one entry each",
        (
            "tests/payments/test_event_orders.py::test_all_120_orders_end_alike",
            "tests/payments/test_inbox.py::test_five_deliveries_at_once_are_stored_and_told_once",
            "tests/channels/routes/test_webhooks.py::test_five_parallel_repetitions_are_one_message",
            "tests/channels/test_receipts.py::test_receipts_in_any_order_and_twice_never_lower_the_state",
        ),
    ),
    NamedTest(
        "14",
        "A failure that is told after the money changes nothing; a dispute after a refund is booked once",
        (
            "tests/payments/test_outcomes.py::test_a_failure_after_success_changes_nothing",
            "tests/payments/test_event_orders.py::test_a_decline_that_is_told_after_the_money_changes_nothing",
            "tests/payments/test_disputes.py::test_each_order_of_reports_is_told_and_booked_once",
        ),
    ),
    NamedTest(
        "15",
        "Published ways to an inside address, a name that turns private and a redirect reach nobody",
        (
            "tests/core/outbound/test_destinations.py::test_anything_else_is_refused_with_its_place_and_without_repeating_it",
            "tests/core/outbound/test_destinations.py::test_a_name_with_a_private_address_is_refused",
            "tests/core/outbound/test_safe_addresses.py::test_what_is_not_of_the_internet_is_refused",
            "tests/core/outbound/test_sender.py::test_a_name_that_turns_private_after_it_was_checked_finds_nobody_who_asks_again",
            "tests/core/outbound/test_sender.py::test_a_redirect_is_not_followed",
            "tests/core/outbound/test_sender.py::test_of_a_huge_answer_only_the_start_is_read",
            "tests/agent_feed/webhooks/test_courier.py::test_a_name_that_became_private_is_not_connected_to",
        ),
    ),
    NamedTest(
        "16",
        "Published template payloads in every field are kept, shown and sent as they are",
        (
            "tests/app/bad_input/test_literal_text.py::test_a_text_stays_what_was_typed_or_is_refused",
            "tests/channels/test_templates.py::test_what_somebody_typed_is_never_read_as_markup_or_template",
            "tests/channels/routes/test_canned_replies.py::test_an_expression_is_refused_or_stays_as_it_is",
        ),
    ),
    NamedTest(
        "17",
        "Published formulas are text in every CSV",
        (
            "tests/compliance/test_csv_answers.py::test_a_formula_is_text",
            "tests/compliance/test_csv_answers.py::test_no_cell_begins_like_a_formula_and_none_becomes_two",
            "tests/payments/routes/test_transactions.py::test_csv_has_every_row_and_runs_in_no_spreadsheet",
        ),
        missing="opening a file with a spreadsheet program: tried once by hand (docs/security-review.md)",
    ),
    NamedTest(
        "18",
        "Known and unknown addresses get the same answer, and as soon",
        (
            "tests/compliance/test_routes_access.py::test_a_wrong_password_and_an_unknown_address_answer_alike",
            "tests/compliance/test_routes_access.py::test_a_stopwatch_does_not_tell_who_exists",
            "tests/compliance/test_routes_people.py::test_asking_for_a_reset_does_the_same_work_whoever_it_is",
            "tests/channels/webchat/test_claimed_phone.py::test_claiming_a_strangers_phone_leads_to_nobody",
        ),
        missing="five hundred measurements: made once by hand (docs/security-review.md); the suite takes a few",
    ),
    NamedTest(
        "19",
        "Thirty cards on one link and a hundred links from one address are locked out; an honest payer elsewhere pays",
        (
            "tests/links/pages/test_card_testing.py::test_thirty_cards_on_one_link_are_locked_out_and_the_agent_is_told",
            "tests/links/pages/test_card_testing.py::test_a_hundred_links_from_one_address_are_locked_out",
            "tests/links/pages/test_card_testing.py::test_a_refused_card_is_told_no_more_than_another",
            "tests/payments/test_fraud_history.py::test_a_queue_of_customers_behind_one_address_pays",
            "tests/payments/test_fraud_history.py::test_a_tester_who_changes_addresses_is_found_by_the_banks_range",
            "tests/links/floor/test_alerts.py::test_cards_that_the_rules_stop_are_told_as_card_testing",
        ),
    ),
    NamedTest(
        "20",
        "Two lengths, bare LF, folded lines and two hosts are refused and the line is cut",
        (
            "tests/app/bad_input/test_wire.py::test_what_could_hide_a_request_is_refused_and_hung_up_on",
            "tests/app/bad_input/test_wire.py::test_a_bare_lf_is_found_however_the_bytes_are_cut",
            "tests/app/bad_input/test_wire.py::test_requests_one_after_the_other_on_a_line_are_answered_and_checked_each",
        ),
        missing="the same through a proxy: tried once by hand behind nginx (docs/security-review.md)",
    ),
    NamedTest(
        "21",
        "Control characters in every header and field leave one line an entry",
        (
            "tests/app/bad_input/test_literal_text.py::test_no_header_and_no_field_writes_a_line_of_its_own",
            "tests/app/test_logs.py::test_an_entry_stays_on_its_line",
        ),
    ),
    NamedTest(
        "22",
        "Proofs are compared in constant time, and unknown users cost a hash",
        (
            "tests/test_secret_comparisons.py::test_what_proves_something_is_never_compared_by_equality",
            "tests/test_secret_comparisons.py::test_whoever_makes_a_keyed_hash_to_check_one_compares_it_in_constant_time",
            "tests/compliance/test_passwords.py::test_nobody_and_a_damaged_hash_match_nothing",
            "tests/compliance/test_routes_access.py::test_a_stopwatch_does_not_tell_who_exists",
        ),
        missing="measurements in the suite: the code is read instead, and a thousand were made once by hand",
    ),
    NamedTest(
        "23",
        "Naughty strings are text, foreign frames stay empty, messages of a wrong origin mean nothing",
        (
            "tests/links/pages/test_page.py::test_what_a_merchant_typed_is_text_and_never_markup",
            "tests/pay_page/test_rendering.py::test_names_are_escaped_on_every_page",
            "tests/pay_page/test_rendering.py::test_json_in_a_script_cannot_end_it",
            "tests/e2e/test_embedding.py::test_messages_of_another_origin_mean_nothing_on_either_side",
            "tests/e2e/test_embedding.py::test_it_opens_in_no_other_page_and_no_other_page_opens_anywhere",
            "tests/sandbox/test_card_fields.py::test_a_message_from_a_wrong_window_is_ignored",
        ),
    ),
    NamedTest(
        "24",
        "Forms, text with JSON in it and foreign origins act in nobody's name",
        (
            "tests/app/bad_input/test_other_sites.py::test_another_site_makes_no_link_in_its_visitors_name",
            "tests/app/bad_input/test_other_sites.py::test_no_other_site_may_read_an_answer_or_ask_first",
            "tests/compliance/test_routes_gate.py::test_a_cookie_acts_only_with_its_csrf_token_and_never_for_another_site",
            "tests/compliance/test_routes_access.py::test_another_site_cannot_sign_its_visitor_in",
        ),
    ),
    NamedTest(
        "25",
        "Line breaks reach no header, dear numbers get nothing, a thousand sends stop at the day's limit",
        (
            "tests/channels/providers/test_smtp.py::test_a_line_break_in_a_header_sends_nothing",
            "tests/channels/test_templates.py::test_line_breaks_cannot_reach_the_subject",
            "tests/channels/test_destinations.py::test_dear_numbers_get_nothing_whatever_is_chosen",
            "tests/channels/test_destinations.py::test_of_a_thousand_sends_no_more_go_out_than_a_day_allows",
            "tests/channels/test_destinations.py::test_with_a_choice_they_go_there_and_to_the_merchants_own_country",
        ),
    ),
    NamedTest(
        "26",
        "Headers that claim another host or origin change no link and no limit",
        (
            "tests/app/bad_input/test_wire.py::test_links_lead_to_our_own_address_whatever_a_caller_says_of_it",
            "tests/app/bad_input/test_wire.py::test_another_address_in_a_header_is_not_another_caller",
            "tests/app/test_front.py::test_an_unknown_host_is_misdirected",
        ),
    ),
    NamedTest(
        "27",
        "Every code is read back as the link's own address",
        (
            "tests/links/test_qr.py::test_a_png_of_any_size_is_read_as_the_url",
            "tests/links/test_qr.py::test_an_svg_is_read_as_the_url",
            "tests/links/routes/test_links.py::test_the_qr_code_is_the_links_own_address",
        ),
    ),
)
