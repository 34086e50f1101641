"""What PCI DSS 4.0.1 and the law ask to be shown by a test, and the tests that show it."""

# ruff: noqa: E501 - names of tests are as long as they are

from typing import Final

from app.evidence.named.rows import NamedTest

LAW: Final = (
    NamedTest(
        "sandbox PSP",
        "Cards that are not on the published list are refused, and left in no database, log or trace; the far end is another site",
        (
            "tests/sandbox/test_card_data.py::test_an_unlisted_card_is_refused_without_a_trace",
            "tests/sandbox/test_card_data.py::test_the_table_holds_published_numbers_alone",
            "tests/adyen_sandbox/test_card_data.py::test_another_number_is_refused_and_left_nowhere",
            "tests/app/test_demo_plan.py::test_the_psp_is_on_another_domain_than_the_pay_page",
        ),
    ),
    NamedTest(
        "3.2.1",
        "What is past its time goes by itself, as the clock moves on",
        (
            "tests/agent_feed/webhooks/test_courier.py::test_what_is_done_is_forgotten_after_thirty_days",
            "tests/core/test_idempotency.py::test_purging_drops_what_is_past_its_time_and_says_how_many",
            "tests/links/test_retained.py::test_the_daily_work_goes_on_in_pieces_and_keeps_its_report",
            "tests/links/test_retained.py::test_looking_deletes_nothing_and_a_run_deletes_what_the_look_counted",
        ),
    ),
    NamedTest(
        "3.3.1",
        "A security code that was typed is found nowhere afterwards: databases, logs, webhooks, frames",
        (
            "tests/e2e/test_search.py::test_no_card_number_and_no_security_code_is_found_anywhere",
            "tests/e2e/test_search.py::test_the_search_looks_into_databases_logs_and_traffic",
            "tests/e2e/test_search.py::test_the_search_finds_what_it_looks_for",
        ),
    ),
    NamedTest(
        "3.4.1",
        "No more than a range and four digits of a card in any answer, page, file or frame",
        (
            "tests/e2e/test_search.py::test_no_card_number_and_no_security_code_is_found_anywhere",
            "tests/compliance/test_journal_write.py::test_a_card_number_never_gets_into_an_entry_whoever_staged_it",
            "tests/payments/contract/test_charging.py::test_what_is_known_of_a_card_is_never_its_number",
        ),
    ),
    NamedTest(
        "3.5.1",
        "A card is known again by a keyed hash alone, another one at each merchant",
        (
            "tests/links/test_checkout.py::test_a_card_is_known_again_by_a_keyed_hash_alone",
            "tests/links/test_checkout.py::test_the_same_card_at_two_merchants_is_two_cards",
            "tests/payments/test_attempts.py::test_the_card_token_itself_is_not_stored",
            "tests/sandbox/test_card_data.py::test_a_fingerprint_hangs_on_the_stores_own_key",
        ),
    ),
    NamedTest(
        "3.6, 3.7",
        "After a rotation old rows are read; a copy of the database without the key shows nothing personal",
        (
            "tests/compliance/test_key_rotation.py::test_what_was_sealed_before_opens_under_the_new_key_alone",
            "tests/compliance/test_key_rotation.py::test_each_merchants_journal_tells_it",
            "tests/compliance/test_vault.py::test_another_master_key_opens_nothing_and_says_so",
            "tests/compliance/test_vault.py::test_the_database_holds_no_key_in_the_clear",
            "tests/channels/test_customer_store.py::test_what_is_stored_shows_nothing_without_the_key",
        ),
    ),
    NamedTest(
        "4.2.1",
        "No plain http outside this machine, and no order to a PSP or receiver that nobody vouches for",
        (
            "tests/app/test_settings.py::test_an_unsafe_base_url_is_refused",
            "tests/payments/gateways/test_tls.py::test_a_psp_that_nobody_vouches_for_is_told_nothing",
            "tests/core/outbound/test_sender.py::test_a_certificate_that_nobody_vouches_for_is_refused",
            "tests/channels/providers/test_smtp.py::test_a_certificate_that_nobody_vouches_for_gets_no_mail",
        ),
    ),
    NamedTest(
        "4.2.2, 12.10.7",
        "The published detection cases: refused going out, masked coming in, told as an incident",
        (
            "tests/compliance/test_masking.py::test_published_detection_cases_hold",
            "tests/compliance/test_masking.py::test_every_published_card_number_is_found_when_it_passes_the_luhn_check",
            "tests/channels/test_split_numbers.py::test_published_cases_broken_anywhere_are_masked_and_the_others_left_alone",
            "tests/channels/test_messages.py::test_a_card_number_is_never_sent",
            "tests/channels/test_inbound.py::test_a_card_number_is_masked_before_it_is_stored",
            "tests/channels/routes/test_interactions.py::test_card_numbers_in_it_are_masked_and_told",
            "tests/links/test_whispering.py::test_a_card_number_is_masked_and_told_as_an_incident",
        ),
    ),
    NamedTest(
        "6.2.4, 6.3.2, 6.3.3",
        "Attacks on the software itself; dependencies that are locked",
        (
            "tests/app/test_bad_input.py::test_a_bad_link_is_refused_without_a_trace",
            "tests/app/bad_input/test_literal_text.py::test_a_text_stays_what_was_typed_or_is_refused",
            "tests/app/test_deploy_files.py::test_the_service_s_lock_is_a_part_of_the_developers",
            "tests/test_tidy.py::test_lock_files_name_no_place_to_fetch_from",
            "tests/app/evidence/test_materials.py::test_every_package_of_the_services_lock_is_named_with_its_version",
            "tests/audit/test_answers.py::test_a_weak_package_is_named_and_one_that_was_not_found_is_counted",
        ),
    ),
    NamedTest(
        "6.4.3",
        "A browser runs the scripts of the inventory and no other; an injected one is stopped and reported",
        (
            "tests/links/watch/test_in_browser.py::test_the_scripts_that_a_browser_runs_are_those_of_the_inventory",
            "tests/links/watch/test_in_browser.py::test_an_injected_script_does_not_run_is_reported_and_told_and_the_monitor_sees_it",
        ),
    ),
    NamedTest(
        "11.6.1",
        "A page tampered with on its way raises an alarm, a new nonce alone does not",
        (
            "tests/links/watch/test_monitor.py::test_an_injected_script_is_told_within_one_interval_once_and_its_end_too",
            "tests/links/watch/test_monitor.py::test_a_page_as_we_send_it_is_as_expected_however_often_its_nonce_changes",
            "tests/links/watch/test_monitor.py::test_a_changed_header_is_told_with_what_it_was_and_is",
        ),
    ),
    NamedTest(
        "7.2, 7.3.3",
        "Every route by every role; what declares nothing is refused; another agent's link looks like none",
        (
            "tests/app/evidence/test_doors.py::test_every_door_of_the_service_is_declared",
            "tests/app/evidence/test_doors.py::test_a_door_that_nobody_declared_is_refused",
            "tests/app/evidence/test_doors.py::test_the_table_says_who_gets_through",
            "tests/links/routes/test_links_access.py::test_another_teams_link_has_no_doors_at_all",
            "tests/links/routes/test_links_access.py::test_an_auditor_reads_and_makes_nothing",
            "tests/app/doors/test_every_role.py::test_a_door_opens_to_who_holds_its_permission_and_to_nobody_else",
        ),
    ),
    NamedTest(
        "8.2.5, 8.2.6, 8.2.8",
        "Who is switched off is out of sessions and sockets; quarter of an hour idle; ninety days away",
        (
            "tests/compliance/test_sessions.py::test_a_user_who_was_switched_off_cannot_sign_in_and_is_out_at_once",
            "tests/compliance/test_sessions.py::test_a_session_ends_when_it_was_idle_for_a_quarter_of_an_hour",
            "tests/agent_feed/test_socket.py::test_a_revoked_session_is_closed_with_4409_within_5_seconds",
            "tests/compliance/test_signing_in.py::test_who_was_away_for_ninety_days_does_not_get_in",
            "tests/agent_feed/test_standing.py::test_a_session_that_idled_out_stands_no_longer",
        ),
    ),
    NamedTest(
        "8.3.2 to 8.3.7",
        "Hashing, locking, length, first change, the last four, each at its bound",
        (
            "tests/compliance/test_sessions.py::test_the_tenth_wrong_password_locks_the_account_for_half_an_hour",
            "tests/compliance/test_passwords.py::test_twelve_characters_with_a_letter_and_a_digit_are_strong_enough",
            "tests/compliance/test_passwords.py::test_shorter_longer_or_simpler_ones_are_refused",
            "tests/compliance/test_routes_people.py::test_one_of_the_last_four_passwords_does_not_come_back",
            "tests/compliance/test_routes_people.py::test_changing_ones_password_takes_the_present_one_and_ends_the_other_sessions",
            "tests/compliance/test_signing_in.py::test_a_password_that_somebody_else_knows_is_changed_before_anything_else",
        ),
    ),
    NamedTest(
        "8.4.2, 8.5.1",
        "A code is taken once, and nothing goes around it",
        (
            "tests/compliance/test_totp.py::test_a_code_and_every_earlier_one_hold_no_more_once_it_was_used",
            "tests/compliance/test_totp.py::test_the_codes_are_those_of_the_rfc",
            "tests/compliance/test_signing_in.py::test_a_code_is_taken_once_also_by_two_sign_ins_at_once",
            "tests/compliance/test_signing_in.py::test_a_ticket_opens_nothing_by_itself_and_ends_after_ten_minutes",
        ),
    ),
    NamedTest(
        "2.2.2, 8.6.2",
        "Without secrets nothing starts, and none stands in a file",
        (
            "tests/app/test_master_key_source.py::test_without_a_master_key_nothing_starts",
            "tests/app/test_deploy_files.py::test_no_secret_stands_in_a_file",
        ),
    ),
    NamedTest(
        "10.2",
        "Who, what, when, from where, with what outcome",
        (
            "tests/compliance/test_sessions.py::test_every_try_is_in_the_journal_with_its_origin_and_signing_out_once",
            "tests/compliance/test_journal_write.py::test_a_transaction_that_fails_leaves_no_entry_and_no_gap",
            "tests/compliance/test_journal_write.py::test_only_facts_about_people_and_the_system_are_privileged",
            "tests/channels/routes/test_customer_privacy.py::test_an_export_tells_everything_and_is_recorded",
            "tests/agent_feed/test_routes_journal.py::test_reading_it_is_written_into_it",
        ),
    ),
    NamedTest(
        "10.3, 10.5.1, 10.7.2",
        "An entry changed in the middle and a tail cut off are both found and named",
        (
            "tests/compliance/test_journal_verify.py::test_an_edited_entry_is_found",
            "tests/compliance/test_journal_verify.py::test_a_deleted_entry_in_the_middle_is_found",
            "tests/compliance/test_journal_verify.py::test_a_cut_tail_is_found",
            "tests/compliance/test_journal_verify.py::test_a_chain_recomputed_without_the_key_is_found",
            "tests/compliance/test_journal_anchors.py::test_two_rows_in_each_others_place_are_named",
            "tests/compliance/test_journal_anchors.py::test_an_end_cut_off_together_with_the_head_is_named_by_the_anchor",
            "tests/app/evidence/test_cli_evidence.py::test_a_journal_that_was_tampered_with_is_in_the_pack_and_said",
            "tests/compliance/test_journal_verify.py::test_each_break_is_named_and_the_rest_still_holds",
            "tests/app/test_append_only.py::test_nobody_changes_or_deletes_what_was_written",
            "tests/app/test_append_only.py::test_the_role_of_the_docs_does_all_the_work_and_cannot_take_the_triggers_away",
            "tests/app/test_journal_unwritable.py::test_nothing_is_done_and_nothing_sensitive_read_that_the_journal_cannot_tell_of",
            "tests/compliance/test_anchor_rounds.py::test_what_was_told_shows_a_tail_that_was_cut_off",
            "tests/compliance/test_anchor_rounds.py::test_one_that_was_away_is_told_all_that_it_missed_and_keeps_no_other_waiting",
            "tests/compliance/test_journal_export.py::test_no_change_passes",
        ),
    ),
    NamedTest(
        "A1.1.1, A1.2.1",
        "Ids of another merchant lead nowhere, at any door or on the feed",
        (
            "tests/links/routes/test_links_access.py::test_another_merchants_link_is_not_there",
            "tests/agent_feed/test_access.py::test_what_is_not_the_callers_is_refused_and_looks_like_what_is_not",
            "tests/agent_feed/test_socket.py::test_an_agent_hears_their_team_and_never_another_team_or_merchant",
            "tests/payments/routes/test_money_after.py::test_another_merchants_money_cannot_be_moved",
            "tests/compliance/test_journal_write.py::test_each_merchant_has_positions_of_its_own",
            "tests/app/doors/test_every_merchant.py::test_anothers_is_as_if_it_were_not_there_and_stays_as_it_was",
            "tests/app/doors/test_every_merchant.py::test_anothers_refund_under_ones_own_payment_is_as_unknown_as_nobodys",
            "tests/app/doors/test_every_merchant.py::test_no_list_search_report_or_export_tells_of_another",
        ),
    ),
    NamedTest(
        "12.3.3",
        "The list of ciphers is written with the pack",
        (
            "tests/app/evidence/test_cli_evidence.py::test_the_pack_shows_what_there_is_and_says_that_no_test_was_reported",
        ),
    ),
    NamedTest(
        "3-D Secure, SCA",
        "The bank is shown amount and payee; another amount needs another challenge; a result holds for its own payment",
        (
            "tests/sandbox/test_bank_challenge.py::test_a_completed_challenge_resolves_with_the_paid_intent",
            "tests/sandbox/test_intents.py::test_changing_the_amount_voids_a_challenge",
            "tests/sandbox/test_intents.py::test_a_challenge_is_answered_once",
            "tests/links/routes/test_links.py::test_while_the_customer_pays_nothing_is_changed",
            "tests/links/pages/test_reports.py::test_an_attempt_of_another_link_is_not_there",
            "tests/payments/gateways/test_adyen.py::test_the_details_of_another_payment_settle_nothing_here",
            "tests/payments/test_event_orders.py::test_one_cent_short_is_a_mismatch_and_no_payment",
        ),
    ),
    NamedTest(
        "TCPA",
        "STOP reaches every channel at once and wins a race; START restores; a doubtful wish goes to a person",
        (
            "tests/channels/test_stopping.py::test_after_stop_nothing_goes_out_on_any_channel_until_start",
            "tests/channels/test_stopping.py::test_a_stop_that_races_a_queued_send_wins_every_time",
            "tests/channels/test_stopping.py::test_a_doubtful_wish_goes_to_a_person_and_stops_nothing",
            "tests/channels/routes/test_conversations.py::test_who_said_stop_is_not_answered",
            "tests/channels/test_stop_words.py::test_a_request_to_stop",
            "tests/channels/test_stop_words.py::test_a_sentence_that_may_be_meant_to_stop_us_is_doubtful_and_no_request",
            "tests/channels/test_stop_confirmation.py::test_nothing_else_gets_through_and_a_second_stop_is_not_confirmed",
        ),
    ),
    NamedTest(
        "GDPR",
        "After an erasure nothing is left to read or to find, amounts stay, and the chain verifies",
        (
            "tests/channels/test_customer_erasing.py::test_nothing_is_left_to_read_or_to_find",
            "tests/channels/test_customer_export.py::test_everything_of_the_group_is_in_it",
            "tests/links/test_customer_records.py::test_an_erasure_cancels_what_is_open_and_keeps_the_amounts",
            "tests/compliance/test_journal_verify.py::test_erasing_a_customer_does_not_break_the_chain",
        ),
    ),
    NamedTest(
        "accessibility",
        "WCAG 2.2 AA: nothing found by axe, keyboard alone with the bank's question, 400 %, targets, errors, more time",
        (
            "tests/pay_page/test_access.py::test_axe_finds_nothing_on_any_page",
            "tests/pay_page/test_access.py::test_axe_finds_nothing_while_paying",
            "tests/pay_page/test_access.py::test_a_payment_by_keyboard_alone",
            "tests/pay_page/test_access.py::test_at_400_percent_nothing_scrolls_sideways",
            "tests/pay_page/test_access.py::test_targets_are_large_enough",
            "tests/pay_page/test_access.py::test_errors_are_tied_to_their_fields_and_announced",
            "tests/sandbox/test_bank_challenge.py::test_the_challenge_is_answered_with_the_keyboard_alone",
            "tests/e2e/test_help.py::test_a_payment_with_a_bank_challenge_by_the_keyboard_alone",
            "tests/e2e/test_help.py::test_more_time_is_offered_before_the_end_and_a_new_link_after_it",
        ),
    ),
)
