/* base: what every other room stands on. Memory, text, exact numbers, source files, findings, files, processes.
 *
 * Conventions of the whole house:
 * - A function that allocates says who frees. Arena memory is freed with its arena and is never freed singly.
 * - NULL from an allocation means out of memory; buffers and finding lists keep a sticky `failed` that is checked once.
 * - What is wrong with a user's file is a finding (data); what is wrong with the machine is an ari_status, and where it
 *   can be told, a finding whose code begins with F.
 */
#ifndef ARI_BASE_H
#define ARI_BASE_H

#include "ari.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARI_USE_RESULT __attribute__((warn_unused_result))
#define ARI_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- memory (arena.c) ------------------------------------------------------------------------------------------ */

typedef struct ari_arena { struct ari_block *blocks; size_t bytes; } ari_arena; /* start as {0}; bytes = taken so far */

/* Zeroed, 16-byte aligned memory that lives as long as the arena. n = 0 gives a valid pointer. NULL: out of memory. */
void *ari_arena_alloc(ari_arena *arena, size_t n) ARI_USE_RESULT;
/* The same for `count` things of `size` bytes; an overflowing product is NULL. */
void *ari_arena_array(ari_arena *arena, size_t count, size_t size) ARI_USE_RESULT;
/* Frees everything; the arena can be used again. */
void ari_arena_free(ari_arena *arena);
/* Forgets everything but keeps the largest block for the next use (one file after another in a reader). */
void ari_arena_reset(ari_arena *arena);

/* The only malloc of the library. Same contract as malloc, realloc, calloc and free. */
void *ari_malloc(size_t n) ARI_USE_RESULT;
void *ari_calloc(size_t count, size_t size) ARI_USE_RESULT;
void *ari_realloc(void *p, size_t n) ARI_USE_RESULT;
void ari_free(void *p);
/* Grows *items (of `size` bytes each, ari_malloc'ed, NULL at first) so that one more than `count` fits. False: out of memory, *items unchanged. */
bool ari_grow(void **items, size_t count, size_t *room, size_t size) ARI_USE_RESULT;

/* ---- text (str.c, utf8.c) -------------------------------------------------------------------------------------- */

/* A slice of bytes owned by somebody else; not ended by NUL. Text is valid UTF-8 in NFC once it has passed a reader. */
typedef struct ari_str { const char *p; size_t n; } ari_str;
#define ARI_STR(literal) ((ari_str){"" literal, sizeof(literal) - 1})

ari_str ari_str_of(const char *c_string);              /* NULL gives the empty slice */
bool ari_str_eq(ari_str a, ari_str b);
bool ari_str_is(ari_str a, const char *c_string);
int ari_str_cmp(ari_str a, ari_str b);                 /* byte order */
bool ari_str_starts(ari_str a, const char *prefix);
bool ari_str_ends(ari_str a, const char *suffix);
ari_str ari_str_trim(ari_str a);                       /* spaces and tabs at both ends */
ari_str ari_str_sub(ari_str a, size_t from, size_t to);/* bytes from..to-1, clipped */
char *ari_str_cstring(ari_arena *arena, ari_str a) ARI_USE_RESULT;              /* NUL-ended copy */
bool ari_str_copy(ari_arena *arena, ari_str a, ari_str *out) ARI_USE_RESULT;    /* false: out of memory */
/* All parts behind each other, ended by NUL; NULL: out of memory. ari_str_join(arena, folder, ARI_STR("/"), name) is a path. */
char *ari_str_join_all(ari_arena *arena, const ari_str *parts, size_t n) ARI_USE_RESULT;
#define ari_str_join(arena, ...) ari_str_join_all(arena, (const ari_str[]){__VA_ARGS__}, ARI_COUNT(((const ari_str[]){__VA_ARGS__})))
/* The candidate nearest to `word` by edits of code points (swap counts one), when near enough to be a slip: at most
 * 1 edit up to 4 letters, 2 up to 8, 3 beyond; comparison ignores letter case and `-` against `_`. -1: none. */
int ari_str_nearest(ari_str word, const ari_str *candidates, size_t n);

/* A growing buffer. After a failed allocation `failed` stays set and puts do nothing: check it once at the end. */
typedef struct ari_buf { char *p; size_t n, room; bool failed; } ari_buf;       /* start as {0} */
void ari_buf_put(ari_buf *b, const char *p, size_t n);
void ari_buf_str(ari_buf *b, ari_str s);
void ari_buf_text(ari_buf *b, const char *c_string);
void ari_buf_char(ari_buf *b, char c);
void ari_buf_int(ari_buf *b, int64_t v);
void ari_buf_printf(ari_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ari_buf_clear(ari_buf *b);                        /* n = 0, memory and failed stay */
void ari_buf_free(ari_buf *b);
ari_str ari_buf_view(const ari_buf *b);                /* valid until the next put */

/* Names to small numbers, for ids and keys. Keys are not copied: they must live as long as the map. */
typedef struct ari_map { struct ari_map_slot *slots; size_t room, n; uint64_t secret; } ari_map; /* start as {0} */
bool ari_map_put(ari_map *m, ari_str key, int32_t value) ARI_USE_RESULT;        /* replaces; false: out of memory */
int32_t ari_map_get(const ari_map *m, ari_str key);                             /* -1: not there */
/* Puts a key that is not there yet. *old is the value of the one that is (nothing is changed then), else -1. False: out of memory. */
bool ari_map_add(ari_map *m, ari_str key, int32_t value, int32_t *old) ARI_USE_RESULT;
void ari_map_free(ari_map *m);

/* Strict UTF-8 (no surrogates, no overlong forms): true, or false with the offset of the first bad byte. */
bool ari_utf8_valid(const char *p, size_t n, size_t *bad);
/* The code point at p (valid UTF-8, n > 0); *len = its bytes. */
uint32_t ari_utf8_decode(const char *p, size_t n, size_t *len);
size_t ari_utf8_count(ari_str s);                      /* code points */
/* NFC (libutf8proc). *out is `s` itself when it is NFC already, else arena memory. False: out of memory. */
bool ari_utf8_nfc(ari_arena *arena, ari_str s, ari_str *out) ARI_USE_RESULT;
/* What letters are when neither capitals nor composing tell them apart: two names with one key are one file on some disks. As ari_utf8_nfc. */
bool ari_utf8_fold(ari_arena *arena, ari_str s, ari_str *out) ARI_USE_RESULT;
/* The same text in NFD, ended by a NUL. False: it is the same as it is, or has no room. */
bool ari_utf8_nfd(ari_str s, char *out, size_t room);
/* Columns on a terminal: combining marks 0, East Asian wide 2. */
size_t ari_utf8_width(ari_str s);
bool ari_utf8_is_control(uint32_t c);                  /* shown escaped: C0, DEL, C1, bidi controls, line separators, zero-width, no characters */
/* May not stand in a file: C0 but TAB, LF, CR; DEL; C1; U+2028, U+2029, which end a line for some readers only; U+FFFE, U+FFFF, which XML refuses. */
bool ari_utf8_is_refused(uint32_t c);
bool ari_utf8_is_blank(ari_str s);                     /* nothing but spaces, of any kind */
bool ari_utf8_is_letter(uint32_t c);                   /* a letter of any script, or a mark that belongs to one */
/* Appends s with control and bidi characters as \u{202E}: what a terminal or a message shows of hostile text. */
void ari_buf_visible(ari_buf *b, ari_str s);
/* Appends a key of s: names in Vietnamese order are their keys in the order of ari_str_cmp (collate.c). */
void ari_buf_collation(ari_buf *b, ari_str s);
/* Appends s as a JSON string with its quotes. */
void ari_buf_json(ari_buf *b, ari_str s);
/* Appends s as an RFC 4180 field: quoted when it holds , ; " CR or LF, or begins or ends with a space; a text that begins with
 * = + - @ or TAB gets an apostrophe in front so that no spreadsheet runs it (src/README.md, "Safety"). Figures are put with ari_buf_str. */
void ari_buf_csv(ari_buf *b, ari_str s);

/* ---- exact numbers (num.c, decimal.c; src/README.md, "Numbers") -------------------------------------------------- */

/* An input as it was written: coef × 10^-scale, |coef| < 10^18, -30 <= scale <= 30, trailing zeros of fractions kept
 * in `written` (decimals as typed) and not in coef. */
typedef struct ari_dec { int64_t coef; int8_t scale; int8_t written; } ari_dec;

typedef enum ari_dec_error {
  ARI_DEC_OK,
  ARI_DEC_EMPTY,     /* nothing there */
  ARI_DEC_COMMA,     /* 7,46: a decimal comma */
  ARI_DEC_GROUPED,   /* 4.000  4 000  4,000 where digits only are allowed: a grouping mark */
  ARI_DEC_DIGITS,    /* more than 18 significant digits or 30 decimals */
  ARI_DEC_SYNTAX     /* anything else */
} ari_dec_error;

/* Reads "-12.50" or "3.6e-05" (no +, no grouping). On ARI_DEC_COMMA and ARI_DEC_GROUPED `fixed` (or NULL) gets what to write instead. */
ari_dec_error ari_dec_read(ari_str s, ari_dec *out, char fixed[32]);
/* Reads digits only (`count`, and with `cents` `money`: at most two decimals). 4.000, "4 000" and 4,000 are ARI_DEC_GROUPED with fixed = 4000. */
ari_dec_error ari_dec_read_count(ari_str s, bool cents, ari_dec *out, char fixed[32]);
/* A figure as word processors adorn it (−5, –5, ５), with ASCII's sign, digits, point and % in their place: what to write instead. False:
 * there is nothing of the kind in it, or too much of it. */
enum { ARI_DEC_PLAIN = 48 };
bool ari_dec_plain(ari_str s, char plain[ARI_DEC_PLAIN]);
void ari_buf_dec(ari_buf *b, ari_dec d, ari_locale how);        /* shortest form */

/* An exact rational (GMP's mpq). Operations may name the same number twice. If memory ran out inside GMP the thread's
 * `ari_num_failed` is set, values are then meaningless but valid. */
typedef struct ari_num ari_num;
ari_num *ari_num_new(void) ARI_USE_RESULT;             /* 0; NULL: out of memory; free with ari_num_free */
void ari_num_free(ari_num *a);                         /* NULL is fine */
bool ari_num_failed(void);                             /* reads and clears the thread's flag */
void ari_num_set(ari_num *r, const ari_num *a);
void ari_num_set_int(ari_num *r, int64_t v);
void ari_num_set_dec(ari_num *r, ari_dec d);
void ari_num_set_e12(ari_num *r, int64_t v);           /* v × 10^-12 */
void ari_num_add(ari_num *r, const ari_num *a, const ari_num *b);
void ari_num_sub(ari_num *r, const ari_num *a, const ari_num *b);
void ari_num_mul(ari_num *r, const ari_num *a, const ari_num *b);
void ari_num_div(ari_num *r, const ari_num *a, const ari_num *b);   /* b is not 0 */
void ari_num_neg(ari_num *r, const ari_num *a);
int ari_num_cmp(const ari_num *a, const ari_num *b);   /* <0, 0, >0 */
int ari_num_cmp_int(const ari_num *a, int64_t b);
int ari_num_sign(const ari_num *a);                    /* -1, 0, 1 */
bool ari_num_is_int(const ari_num *a);
/* r = a rounded to `decimals` (0-12) by `mode`: half_up is away from zero, half_even, down is towards zero. */
void ari_num_round(ari_num *r, const ari_num *a, int decimals, ari_rounding mode);
/* a in units of 10^-12, rounded half up at the 12th place. False: beyond ±9,000,000. */
bool ari_num_e12(const ari_num *a, int64_t *out) ARI_USE_RESULT;
/* a × 2^by, exact. */
void ari_num_scale2(ari_num *r, const ari_num *a, int by);
/* What stands before the point of a, towards zero. False: beyond 64 bits. */
bool ari_num_whole(const ari_num *a, int64_t *out) ARI_USE_RESULT;
/* Bits of the numerator and of the denominator in lowest terms. */
void ari_num_bits(const ari_num *a, size_t *numerator, size_t *denominator);
/* a = n/d in lowest terms, d > 0. False: longer than 64 bits. */
bool ari_num_ratio(const ari_num *a, int64_t *n, int64_t *d) ARI_USE_RESULT;
void ari_num_no_memory(void);                          /* sets the thread's flag: a number that was needed could not be made */
/* r = the n-th root of a when it is a fraction; n > 0. False: it is none, or a is negative. */
bool ari_num_root(ari_num *r, const ari_num *a, unsigned n) ARI_USE_RESULT;
/* Appends a: exact when it has at most `decimals` decimals, else cut there with "…" behind (never silently rounded). */
void ari_buf_num(ari_buf *b, const ari_num *a, int decimals, ari_locale how);

/* The only inexact steps (inexact.c): a result that is no short fraction is rounded half up to 12 significant digits, and to at most 30
 * decimals. Worked out in whole numbers, so every machine comes to the same digits. OUTSIDE: there is no such number, or it is 10^30 and
 * more; r is then undefined. r may be one of the others. */
typedef enum ari_inexact { ARI_OUTSIDE, ARI_EXACT, ARI_ROUNDED } ari_inexact;
ari_inexact ari_num_ln(ari_num *r, const ari_num *a);
ari_inexact ari_num_exp(ari_num *r, const ari_num *a);
ari_inexact ari_num_sqrt(ari_num *r, const ari_num *a);
/* a^b: exact for a whole b of -64 to 64, and for a root of which a is a power, while the fraction stays below 256 bits. a^0 is 1; a below 0
 * takes a whole b only. A geometric mean is the power 1/n of the product. */
ari_inexact ari_num_pow(ari_num *r, const ari_num *a, const ari_num *b);
/* One unit of the 12th significant digit up (sign 1) or down (-1): a sure bound of what was rounded. */
void ari_num_nudge(ari_num *r, const ari_num *a, int sign);

/* Numbers that live with something (the constants of a set). */
typedef struct ari_nums { ari_num **items; size_t n, room; } ari_nums;          /* start as {0} */
ari_num *ari_nums_new(ari_nums *all) ARI_USE_RESULT;   /* 0; owned by `all`; NULL: out of memory */
void ari_nums_free(ari_nums *all);

/* Appends a figure in units of 10^-12. decimals < 0: shortest form; else exactly that many (the figure has been rounded
 * to at most so many; more are shown if it has more, so nothing is ever hidden). ARI_AS_DATA 11717.5, ARI_AS_VI 11.717,5,
 * ARI_AS_EN 11,717.5. A minus is "-" for machines and U+2212 for people. */
void ari_buf_count(ari_buf *b, int64_t n, ari_locale how);   /* of things: 1.736 */
void ari_buf_e12(ari_buf *b, int64_t v, int decimals, ari_locale how);

/* What all printing of figures stands on: appends digits × 10^-scale with at least `decimals` decimals, trailing zeros beyond them left
 * out. `digits` has no leading zero and is empty for 0. */
void ari_buf_digits(ari_buf *b, bool negative, ari_str digits, size_t scale, size_t decimals, ari_locale how);

/* ---- dates and periods (date.c) -------------------------------------------------------------------------------- */

enum { ARI_DAY = 86400 };                                /* seconds */
bool ari_date_read(ari_str s, int32_t *day);           /* "2026-01-31" -> days since 1970-01-01; false: no such day */
void ari_buf_date(ari_buf *b, int32_t day, ari_locale how);     /* 2026-01-31, vi 31/01/2026, en 31 January 2026 */

/* Seconds since 1970 as a moment of UTC: 2026-01-31T09:05:00Z, for people 31/01/2026 09:05:00. Beyond the years 0-9999: the seconds. */
void ari_buf_time(ari_buf *b, int64_t at, ari_locale how);

typedef enum ari_period_kind { ARI_YEAR = 1, ARI_HALF = 2, ARI_QUARTER = 4, ARI_MONTH = 8 } ari_period_kind;
typedef struct ari_period { int16_t year; int8_t part; uint8_t kind; } ari_period;  /* part from 1; kind 0: none */
bool ari_period_read(ari_str s, ari_period *out);      /* 2026, 2026-H1, 2026-Q3, 2026-08 */
bool ari_period_eq(ari_period a, ari_period b);
void ari_period_months(ari_period p, int *first, int *last);   /* its first and last month, counted since the year 0 */
bool ari_period_ends_after(ari_period a, ari_period b);        /* a ends later than b */
void ari_period_days_around(ari_period p, int32_t *first, int32_t *last);   /* that may be named in it: from 30 years before to 10 after */
bool ari_period_begins_after(ari_period a, ari_period b);      /* a begins behind the end of b */
void ari_buf_period(ari_buf *b, ari_period p);         /* as it is read */

/* ---- source files (source.c) ----------------------------------------------------------------------------------- */

/* A place: bytes start..start+len-1 of a source. file < 0: no place. */
typedef struct ari_span { int32_t file; uint32_t start, len; } ari_span;
#define ARI_NOWHERE ((ari_span){-1, 0, 0})
ari_span ari_span_join(ari_span a, ari_span b);        /* from the start of a to the end of b, same file */

/* A workbook is no text: what is shown of it is a text of ours, one cell a line, and spans are places in that. row 0: the file as a whole. */
typedef struct ari_cell_name { ari_str sheet; uint32_t row, column; } ari_cell_name;
typedef struct ari_cell_lines { ari_buf text; ari_cell_name *names; size_t n, room; ari_arena memory; } ari_cell_lines;

typedef struct ari_source {
  ari_str name;              /* the path as it was written: shown, stored, never changed */
  ari_str bytes;             /* the whole file; ended by a NUL that does not count */
  bool loaded;               /* false: there is nothing to read, and why has been told */
  char sha256[65];           /* see ari_source_sha256 */
  ari_cell_lines cells;      /* of a workbook that has been read; names NULL: spans are places in the bytes */
  uint32_t *lines;           /* starts of lines, made when first asked */
  uint32_t n_lines;
} ari_source;

typedef struct ari_findings ari_findings;

/* All files of one computation, in the order of the arguments: a span's `file` is the index here. */
typedef struct ari_sources { ari_source *items; size_t n, room; ari_arena arena; } ari_sources;  /* start as {0} */
int32_t ari_sources_add(ari_sources *all, ari_str name) ARI_USE_RESULT;         /* index; name is copied; -1: no memory */
/* Takes over bytes (ari_malloc'ed with one byte room for the NUL). */
void ari_source_give(ari_source *s, char *bytes, size_t n);   /* what it had before is not freed */
void ari_source_forget(ari_source *s);                        /* frees its bytes: it is not loaded any more */
/* SHA-256 of a loaded source in hex, worked out when first asked for: most commands never ask. */
const char *ari_source_sha256(ari_source *s);
void ari_sources_free(ari_sources *all);
/* Begins what is shown of a workbook, anew when it is read again: its first line is the file as a whole. False: out of memory. */
bool ari_source_show_cells(ari_source *s) ARI_USE_RESULT;
/* Adds a line "key: text" for a cell (from 1), and gives the place of the text in it. sheet must live as long as the sources, text is cut where it
 * is long. False: out of memory. */
bool ari_source_add_cell(ari_source *s, ari_cell_name name, ari_str key, ari_str text, uint32_t *start, uint32_t *len) ARI_USE_RESULT;
/* The cell that an offset is a place of; NULL: the source is no workbook. */
const ari_cell_name *ari_source_cell(ari_source *s, uint32_t offset);
void ari_buf_column(ari_buf *b, uint32_t column);       /* counted from 1: A, Z, AA */
void ari_buf_cell_name(ari_buf *b, const ari_cell_name *cell);                  /* D17 */
void ari_buf_cell_place(ari_buf *b, const ari_cell_name *cell, ari_lang lang);  /* sheet "A", cell D17; of a sheet as a whole its name */
void ari_buf_source_place(ari_buf *b, ari_source *s, uint32_t offset, ari_lang lang);   /* "file:line:column", or "file: sheet "A", cell D17" */
ari_str ari_source_text(const ari_source *s);          /* what spans are places in */
/* Line and column from 1; columns count code points; a byte order mark at the start of the file does not count. */
void ari_source_place(ari_source *s, uint32_t offset, uint32_t *line, uint32_t *column);
ari_str ari_source_line(ari_source *s, uint32_t line); /* without its end; "" beyond the last */
/* What every text file must be: not empty, UTF-8, no control characters but TAB, CR and LF (E0103-E0106; the first offence is told).
 * False when a finding was added, or when the source was never loaded (then one stands already). */
bool ari_source_text_check(const ari_source *s, int32_t index, ari_findings *fs);

/* ---- findings (findings.c, render.c, codes.def) ---------------------------------------------------------------- */

typedef enum ari_code {
#define CODE(id, en, vi, label_en, label_vi, help_en, help_vi) ARI_##id,
#include "codes.def"
#undef CODE
  ARI_CODES
} ari_code;

typedef enum ari_arg_kind { ARI_ARG_NONE, ARI_ARG_TEXT, ARI_ARG_INT, ARI_ARG_E12, ARI_ARG_DEC, ARI_ARG_DATE } ari_arg_kind;
typedef struct ari_arg {
  ari_arg_kind kind;
  union { ari_str text; int64_t i; ari_dec dec; int32_t date; } as;
} ari_arg;
typedef struct ari_args { ari_arg at[4]; } ari_args;   /* unused ones are ARI_ARG_NONE */
ari_arg ari_arg_text(ari_str s);                       /* copied when the finding is added */
ari_arg ari_arg_c(const char *c_string);
ari_arg ari_arg_int(int64_t i);
ari_arg ari_arg_e12(int64_t v);
ari_arg ari_arg_num(const ari_num *a);                 /* as e12, half up at the 12th place; out of range: as text */
ari_arg ari_arg_dec(ari_dec d);
ari_arg ari_arg_date(int32_t day);

typedef struct ari_finding {
  ari_code code;
  ari_span at;               /* the place to mend */
  ari_span other;            /* a second place (the first of two duplicates, the evidence value of a formula) */
  uint32_t row;              /* tables: the row as a spreadsheet counts it, 0: not a table */
  ari_str column;            /* tables: the column's name */
  ari_args args;
  uint64_t order;            /* of adding; set by ari_findings_add */
} ari_finding;

/* Findings of one file or one step; merged into the run's list in the order of the files. */
struct ari_findings {
  ari_finding *items; size_t n, room;
  size_t errors, warnings, failures;   /* of all, also those beyond the keeping limit */
  size_t dropped;                      /* told but not kept: more than ARI_KEEP_FINDINGS in one list, or trimmed by a merge */
  struct ari_dropped { int32_t file; size_t n; } *drops; size_t n_drops, room_drops;   /* the same by file */
  uint64_t next;                       /* order of the next one */
  bool failed;                         /* out of memory: sticky */
  ari_arena arena;
  ari_finding scratch;                 /* what add answers with when the finding is not kept */
};                                     /* start as {0} */
enum { ARI_SHOW_FINDINGS = 50, ARI_KEEP_FINDINGS = 100000 };

/* Adds one; args may be NULL; texts are copied. Never NULL: the result may be given `other`, `row` and `column` (column is
 * not copied: it must live as long as the source or set). Usage:
 *   ari_findings_add(fs, ARI_E0203, node->span, &(ari_args){{ari_arg_text(node->id), ari_arg_num(sum)}}); */
ari_finding *ari_findings_add(ari_findings *fs, ari_code code, ari_span at, const ari_args *args);
/* Forgets the warnings from item `from` on of which no place is in `file` or one behind it. */
void ari_findings_forget_warnings(ari_findings *fs, size_t from, int32_t file);
/* Moves all of `from` behind those of `into` and empties `from`, also on failure; false: no memory. Of each file only the
 * ARI_SHOW_FINDINGS first by position are kept, the others are counted as dropped: more are never shown, and thousands of files
 * with thousands of findings each must fit into memory. */
bool ari_findings_merge(ari_findings *into, ari_findings *from) ARI_USE_RESULT;
/* By file (those without a place first), then position, then code, then the order of adding; equal findings at the same place
 * are told and counted once. */
void ari_findings_sort(ari_findings *fs);
void ari_findings_free(ari_findings *fs);
char ari_code_letter(ari_code code);                   /* 'E', 'W', 'F' */
const char *ari_code_name(ari_code code);              /* "E0203" */
/* The row of codes.def. Texts are "" where there are none; a label may name the second place behind a '|': "again here|first here". */
typedef struct ari_code_row { const char *name, *sentence[2], *label[2], *help[2]; } ari_code_row;   /* by ari_lang */
const ari_code_row *ari_code_words(ari_code code);
/* The bare sentence of a finding (no place, no code). */
void ari_finding_sentence(ari_buf *b, const ari_finding *f, ari_lang lang);
/* All of a sorted list: text with carets (colour: ANSI), or one JSON object a line. At most ARI_SHOW_FINDINGS a file, then
 * "and N more". Same bytes for the same findings. */
void ari_findings_text(ari_buf *b, const ari_findings *fs, ari_sources *sources, ari_lang lang, bool colour);
void ari_findings_json(ari_buf *b, const ari_findings *fs, ari_sources *sources, ari_lang lang);

/* Fixed words of tables, reports and charts, from words.def. */
typedef enum ari_word {
#define WORD(id, en, vi) ARI_WORD_##id,
#include "words.def"
#undef WORD
  ARI_WORDS
} ari_word;
const char *ari_word_text(ari_word w, ari_lang lang);

/* ---- files (file.c), hashing (hash.c) -------------------------------------------------------------------------- */

/* Reads a regular file into the source, at most `limit` bytes (one more is E0101); stops at the first NUL byte when `no_nul`
 * (E0102, or E0104 when the file says that it is UTF-16). Links are followed (the user named it); folders (F0007), devices and
 * pipes (F0012) are refused without waiting. A file that cannot be read is an F finding and ARI_MACHINE; content errors are findings and ARI_OK: not
 * `loaded` then, and bytes are no more than what is shown of the file (up to the NUL, else nothing). */
ari_status ari_source_load(ari_source *s, int32_t index, size_t limit, bool no_nul, ari_findings *fs) ARI_USE_RESULT;

/* Names in a folder, byte order, without those that begin with a dot; folders below have a '/' behind. Arena memory. */
ari_status ari_folder_list(ari_arena *arena, const char *path, ari_str **names, size_t *n, ari_findings *fs) ARI_USE_RESULT;
/* The ordinary files of a folder, and with `deep` of the folders in it, as paths below it in byte order; no link is followed, no name that begins with a dot
 * is looked at. At most `limit` of them; *more: there are others, or folders too deep. Arena memory. */
ari_status ari_folder_files(ari_arena *arena, const char *path, bool deep, size_t limit, ari_str **names, size_t *n, bool *more, ari_findings *fs) ARI_USE_RESULT;
/* Tells why the machine refused `path` (an errno value), as the F finding of that cause at `at` (ARI_NOWHERE: none).
 * Returns ARI_MACHINE, or ARI_NOMEM without a finding when err is ENOMEM. */
ari_status ari_file_failed(ari_findings *fs, ari_span at, const char *path, int err);
typedef enum ari_path_kind { ARI_PATH_NONE, ARI_PATH_FILE, ARI_PATH_FOLDER, ARI_PATH_OTHER } ari_path_kind;
ari_path_kind ari_path_what(const char *path);
/* The same path from the root on, with the links of its folder resolved: only its last part can still be one. For ari_free; NULL: errno says why. */
char *ari_path_resolve(const char *path) ARI_USE_RESULT;
/* The first bytes of a regular file, at most n; how many there were, 0 when it cannot be read. */
size_t ari_file_peek(const char *path, char *out, size_t n);
ari_status ari_folder_make(const char *path, ari_findings *fs) ARI_USE_RESULT;  /* with parents; there already: fine */
void ari_folder_remove_empty(const char *path);          /* one with something in it stays */

/* Where output goes. ari_sink (ari.h) returns false when it can take no more; then nothing more is written. */
typedef struct ari_out { ari_buf buf; ari_sink sink; bool failed, no_memory; } ari_out;   /* buffers, flushes at 64 KiB */
void ari_out_put(ari_out *o, ari_str s);
void ari_out_text(ari_out *o, const char *c_string);
void ari_out_flush_if_full(ari_out *o);                /* writers that use o->buf directly call it once a row */
/* Flushes and frees the buffer. ARI_MACHINE: the sink took not everything; ARI_NOMEM. */
ari_status ari_out_close(ari_out *o) ARI_USE_RESULT;

/* A file that appears whole or not at all: written beside its place, fsynced, renamed. A device or pipe that is there already is written
 * to directly, for nobody wants /dev/null replaced by a file. A link is replaced, not followed. */
typedef struct ari_newfile { int fd; char *temp, *path; int error; } ari_newfile;   /* error: errno of the first failed write */
ari_status ari_newfile_open(ari_newfile *f, const char *path, ari_findings *fs) ARI_USE_RESULT;
ari_sink ari_newfile_sink(ari_newfile *f);
void ari_newfile_private(ari_newfile *f);              /* nobody else may read it */
/* With keep: fsync and rename over `path`, fsync the folder. Without: the temporary file is removed. Frees in any case. */
ari_status ari_newfile_close(ari_newfile *f, bool keep, ari_findings *fs) ARI_USE_RESULT;
/* All of a file at once. */
ari_status ari_newfile_write(const char *path, ari_str bytes, ari_findings *fs) ARI_USE_RESULT;

/* Renames a finished, fsynced file over `to` on the same disk and fsyncs the folder. */
ari_status ari_file_move(const char *from, const char *to, ari_findings *fs) ARI_USE_RESULT;
void ari_file_remove(const char *path);                /* not there: fine */
/* The bytes of a regular file into a sink, piece by piece. ARI_MACHINE without a finding: the sink took not everything, and knows why. */
ari_status ari_file_send(const char *path, ari_sink to, ari_findings *fs) ARI_USE_RESULT;

/* Reads all parts of the zip archive `path` to their ends (zip_read.c). `piece` gets their bytes in order, and at the end of each part n 0; false
 * stops. ARI_MACHINE without a finding: the archive is not whole, a CRC is not that of its bytes, or `piece` said false. */
typedef struct ari_zip_reader { bool (*piece)(void *to, const char *part, const char *bytes, size_t n); void *to; } ari_zip_reader;
ari_status ari_zip_read(const char *path, const ari_zip_reader *reader) ARI_USE_RESULT;

void ari_sha256(const void *p, size_t n, char hex[65]);
/* Of an ordinary file below a folder. OUTSIDE: a path that is no path below it ("..", "/x", a backslash); LINK: a link is on the way, and not followed;
 * REFUSED: no ordinary file, or one that cannot be read. hex is set for THERE alone. */
typedef enum ari_below { ARI_BELOW_THERE, ARI_BELOW_ABSENT, ARI_BELOW_OUTSIDE, ARI_BELOW_LINK, ARI_BELOW_REFUSED } ari_below;
ari_below ari_hash_below(const char *folder, ari_str name, char hex[65]) ARI_USE_RESULT;
/* Appends such a file's bytes. REFUSED: also when it has more than `limit`, and when memory runs out (out->failed). */
ari_below ari_bytes_below(const char *folder, ari_str name, size_t limit, ari_buf *out) ARI_USE_RESULT;

/* ---- zip archives (archive.c reads, zip.c writes) --------------------------------------------------------------- */

typedef struct ari_archive_limits {
  uint32_t entries;            /* at most so many, below 65535 */
  uint64_t unpacked;           /* bytes of all together */
  uint32_t ratio;              /* how many times its packed size an entry of more than 1 MiB may have */
} ari_archive_limits;
typedef struct ari_archive ari_archive;

bool ari_archive_is(ari_str bytes);                      /* whether the first bytes are those of a zip archive */
/* Looks at the whole directory of an archive in memory; `bytes` must live as long. What is not a whole archive or could do harm is refused
 * (E0950-E0961, told at `at`): ARI_INPUT and *out is NULL. Entries of folders are left out. Free with ari_archive_close. */
ari_status ari_archive_open(ari_archive **out, ari_str bytes, const ari_archive_limits *limits, ari_span at, ari_findings *fs) ARI_USE_RESULT;
size_t ari_archive_count(const ari_archive *a);
/* A relative path of plain parts with '/' between them, valid UTF-8; no two are the same file on any disk. Lives as long as the bytes. */
ari_str ari_archive_name(const ari_archive *a, size_t i);
uint64_t ari_archive_size(const ari_archive *a, size_t i);                      /* unpacked */
bool ari_archive_find(const ari_archive *a, ari_str name, size_t *i);           /* by the very bytes of its name */
ari_word ari_archive_name_fault(ari_str name);          /* why no entry may have this name (valid UTF-8); ARI_WORDS: it may */
/* Appends an entry's bytes. ARI_INPUT: they are not what the archive says of them (E0958), nothing is appended. */
ari_status ari_archive_read(const ari_archive *a, size_t i, ari_buf *out, ari_findings *fs) ARI_USE_RESULT;
void ari_archive_close(ari_archive *a);                                         /* NULL is fine */
ari_status ari_gunzip_head(ari_str bytes, char *out, size_t room, size_t *n) ARI_USE_RESULT;   /* the first bytes of what gzip packed; *n 0: it did not */

/* An archive being written; the same parts are the same bytes. Failures are sticky, and told by ari_zip_close, which frees in any case. */
typedef struct ari_zip ari_zip;
ari_zip *ari_zip_new(ari_sink to) ARI_USE_RESULT;      /* NULL: out of memory */
void ari_zip_store(ari_zip *z, ari_str name, ari_str bytes);   /* a whole part as it is, so that no version of a packer changes the archive */
ari_status ari_zip_close(ari_zip *z) ARI_USE_RESULT;   /* ARI_MACHINE: the sink took not everything, or there are more than 4 GiB or 65535 parts */

/* ---- keys and signatures in minisign's format (sign.c) ----------------------------------------------------------- */

typedef struct ari_public_key { unsigned char id[8], key[32]; } ari_public_key;
typedef struct ari_secret_key { unsigned char id[8], key[64]; } ari_secret_key;
/* FORM: not such a file; LOCKED: needs a password; PASSWORD: not with this one; CHANGED: signed was something else; COMMENT: its comment was. */
typedef enum ari_signing {
  ARI_SIGN_OK, ARI_SIGN_FORM, ARI_SIGN_LOCKED, ARI_SIGN_PASSWORD, ARI_SIGN_OTHER_KEY, ARI_SIGN_CHANGED, ARI_SIGN_COMMENT, ARI_SIGN_NO_MEMORY
} ari_signing;
/* Texts are those of the files. password.p NULL: none was given; empty: the key is made without. Numbers of keys are shown as minisign does. */
ari_signing ari_public_key_read(ari_str text, ari_public_key *out) ARI_USE_RESULT;
ari_signing ari_secret_key_read(ari_str text, ari_str password, ari_secret_key *out) ARI_USE_RESULT;
void ari_secret_key_forget(ari_secret_key *key);
ari_signing ari_key_make(ari_str password, ari_buf *public_file, ari_buf *secret_file) ARI_USE_RESULT;
void ari_key_name(const unsigned char id[8], char hex[17]);
void ari_sign(ari_buf *out, const ari_secret_key *key, ari_str bytes, ari_str comment);
/* id: of the key that signed, unless FORM; comment: the trusted one, a slice of text. */
ari_signing ari_signature_check(ari_str text, const ari_public_key *key, ari_str bytes, unsigned char id[8], ari_str *comment) ARI_USE_RESULT;

/* ---- processes (process.c) ------------------------------------------------------------------------------------- */

typedef struct ari_process {
  int (*run)(void *arg);       /* not NULL: no program but this function, in a copy of this process; what it gives is the exit status */
  void *arg;
  const char *program;         /* absolute path; no shell, no PATH search; with `run` only a name for messages */
  const char *const *argv;     /* NULL-ended, argv[0] is the name */
  const char *const *envp;     /* the whole environment */
  const char *cwd;             /* NULL: as is */
  unsigned timeout_ms;         /* then the whole process group is killed; 0: no limit, as for the next two */
  unsigned cpu_seconds;        /* RLIMIT_CPU */
  size_t file_bytes;           /* RLIMIT_FSIZE */
  /* results */
  int pid;                     /* while it runs */
  int stderr_fd;
  uint64_t started_ms;
  bool timed_out;
  int exit_status;             /* 0-255; -1: ended by signal */
  int signal;
  ari_buf err;                 /* what it wrote to stderr, at most 64 KiB; stdout goes to /dev/null */
} ari_process;

/* Starts it: stdin and stdout /dev/null, own process group, all other descriptors closed. A program that cannot be run (not there, no
 * permission) ends with exit status 127 and says so in `err`. The results must be {0}; `err` is freed by the caller. */
ari_status ari_process_start(ari_process *p, ari_findings *fs) ARI_USE_RESULT;
/* Waits for n started ones together, keeping each one's stderr and time limit. */
void ari_process_wait(ari_process *all, size_t n);
/* The absolute path of `name`: itself when absolute, else looked up in the given PATH text. NULL: not found, or no memory: errno is then ENOMEM. */
char *ari_process_find(ari_arena *arena, const char *name, const char *path_list) ARI_USE_RESULT;
/* A private folder (0700) under `parent`; the path in arena memory, NULL on failure. ari_folder_remove removes it with all that is
 * in it (16 levels of folders). */
char *ari_folder_private(ari_arena *arena, const char *parent) ARI_USE_RESULT;
void ari_folder_remove(const char *path);

#endif
