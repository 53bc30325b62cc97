//! Codes of run time: what the server, the engines and commands say while a workbook runs.

codes! {
    QUERY_FAILED = 8001, "query-failed", Error, "the engine refused a statement that the compiler let pass";
    QUERY_TIMEOUT = 8002, "query-timeout", Error, "a query took longer than the server allows";
    QUERY_CANCELLED = 8003, "query-cancelled", Error, "the one who asked went away";
    DATABASE_UNAVAILABLE = 8004, "database-unavailable", Error, "the database cannot be reached or is busy";
    CONTROL_VALUE = 8005, "control-value", Error, "a control cannot have this value";
    UNKNOWN_ELEMENT = 8006, "element-not-found", Error, "a request names something that the workbook does not have";
    UNKNOWN_WORKBOOK = 8007, "unknown-workbook", Error, "a request names a workbook that the project does not have";
    WORKBOOK_IN_ERROR = 8008, "workbook-in-error", Error, "the workbook has never compiled since the server started";
    INVALID_REQUEST = 8009, "invalid-request", Error, "a request that the protocol does not know";
    REQUEST_TOO_LARGE = 8010, "request-too-large", Error, "a request beyond the server's limits";
    ORIGIN_REFUSED = 8011, "origin-refused", Error, "a request from another site";
    EDIT_FAILED = 8012, "edit-failed", Error, "edits of an input table could not be stored";
    ACTION_FAILED = 8013, "action-failed", Error, "an action could not be run";
    SEED_FAILED = 8014, "seed-failed", Error, "a seed file could not be loaded";
    PLAN_VERSION = 8015, "plan-version", Error, "a plan made by another version of the compiler";
    SERVER_FAILED = 8016, "server-failed", Error, "the server made a mistake of its own";
}
