// Functions that give the same answer when they are asked again a moment later, so that counting rows and changing them meet the same rows.
// By list: random(), nextval(), current_query() and everything that is not here leave a statement without a twin.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** PostgreSQL 18, chapter 9; names as its parser gives them. */
export const repeatablePostgresql = words(`
now transaction_timestamp statement_timestamp age date_trunc date_part date_bin extract timezone to_timestamp to_date to_char to_number make_date make_interval
make_timestamp make_timestamptz justify_days justify_hours lower upper initcap btrim ltrim rtrim length char_length character_length octet_length
substr substring left right lpad rpad replace translate reverse repeat split_part starts_with position strpos overlay concat concat_ws format md5
regexp_match regexp_matches regexp_replace regexp_like regexp_count ascii chr abs round floor ceil ceiling trunc sign mod power sqrt
count min max sum avg every bool_and bool_or array_agg string_agg array_length array_position array_to_string string_to_array cardinality unnest
jsonb_array_length jsonb_array_elements jsonb_array_elements_text jsonb_extract_path jsonb_extract_path_text jsonb_path_exists jsonb_exists jsonb_typeof
json_array_length json_extract_path_text json_typeof row_number rank dense_rank first_value last_value lag lead like_escape similar_to_escape
to_tsquery to_tsvector plainto_tsquery generate_series date text
`);

/** MySQL 8.4, chapter 14, and words of its grammar that a bracket may follow. */
export const repeatableMysql = words(`
IN AND OR NOT XOR EXISTS ANY ALL SOME SELECT WHERE FROM BETWEEN LIKE THEN ELSE WHEN CASE IS BY DISTINCT HAVING
NOW CURDATE CURRENT_DATE CURRENT_TIMESTAMP UTC_TIMESTAMP UTC_DATE DATE TIME TIMESTAMP DATE_SUB DATE_ADD SUBDATE ADDDATE DATEDIFF TIMESTAMPDIFF TIMESTAMPADD
UNIX_TIMESTAMP FROM_UNIXTIME STR_TO_DATE DATE_FORMAT YEAR MONTH DAY HOUR MINUTE WEEK QUARTER DAYOFWEEK LAST_DAY LOWER UPPER LCASE UCASE TRIM LTRIM RTRIM
LENGTH CHAR_LENGTH SUBSTRING SUBSTR SUBSTRING_INDEX LEFT RIGHT LPAD RPAD CONCAT CONCAT_WS COALESCE IFNULL NULLIF IF ISNULL ABS ROUND FLOOR CEIL CEILING MOD
REPLACE REVERSE COUNT MIN MAX SUM AVG MD5 SHA1 SHA2 CAST JSON_EXTRACT JSON_UNQUOTE JSON_CONTAINS JSON_LENGTH FIND_IN_SET INSTR LOCATE GREATEST LEAST
REGEXP_LIKE
`);
