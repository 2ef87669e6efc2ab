"""Slack's error codes, as its reference lists them; read, and not computed from the calls here."""

#: On every method's page (docs.slack.dev/reference/methods, "Errors").
GENERAL = frozenset(
    [
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "fatal_error",
        "internal_error",
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_auth",
        "invalid_charset",
        "invalid_form_data",
        "invalid_post_type",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "token_expired",
        "token_revoked",
        "unknown_method",
    ]
)
#: Method -> the codes of its own page that are no general ones.
DOCUMENTED = {
    "bookmarks.add": "channel_not_found file_not_found invalid_bookmark_type invalid_shortcut_type "
    "invalid_child_type invalid_emoji invalid_entity_id invalid_link invalid_parent_type "
    "not_implemented parent_bookmark_disabled parent_with_link permission_denied "
    "too_many_bookmarks",
    "canvases.edit": "canvas_not_found canvas_disabled_user_team restricted_action "
    "free_teams_cannot_edit_standalone_canvases canvas_editing_failed",
    "chat.update": "as_user_not_supported block_mismatch cant_broadcast_message "
    "cant_update_message channel_not_found edit_window_closed external_channel_migrating "
    "invalid_attachments invalid_blocks invalid_blocks_format invalid_metadata_format "
    "invalid_metadata_schema is_inactive markdown_text_conflict message_not_found "
    "metadata_must_be_sent_from_app metadata_too_large msg_too_long no_text "
    "no_dual_broadcast_content_update slack_connect_file_link_sharing_blocked "
    "streaming_state_conflict team_not_found too_many_attachments update_failed",
    "conversations.open": "channel_not_found user_not_found user_not_visible user_disabled "
    "users_list_not_supplied not_enough_users too_many_users invalid_user_combination "
    "method_not_supported_for_channel_type",
    "files.getUploadURLExternal": "missing_argument storage_limit_reached file_uploads_disabled "
    "file_upload_size_restricted snippet_too_large unknown_snippet_type unknown_subtype "
    "alt_txt_too_large",
    "pins.add": "bad_timestamp file_not_found file_comment_not_found message_not_found "
    "channel_not_found no_item_specified already_pinned permission_denied file_not_shared "
    "not_pinnable",
    "views.publish": "hash_conflict duplicate_external_id view_too_large not_enabled",
}
