/* Periods of evidence: which a set is made for, and which a row or a file speaks of (methodology: ari-evidence(5), "Periods"). */
#include "inside.h"

ari_period ari_period_before(ari_period period) {
  static const int8_t parts[] = {[ARI_YEAR] = 1, [ARI_HALF] = 2, [ARI_QUARTER] = 4, [ARI_MONTH] = 12};
  if (--period.part < 1) {
    period.year--;
    period.part = parts[period.kind];
  }
  return period;
}

bool ari_period_within(ari_period period, ari_period from, ari_period until) {
  int first, last, from_first, from_last, until_first, until_last;
  ari_period_months(period, &first, &last);
  ari_period_months(from, &from_first, &from_last);
  ari_period_months(until, &until_first, &until_last);
  return (!from.kind || first >= from_first) && (!until.kind || last <= until_last);
}

static ari_str period_text(ari_buf *b, ari_period p) {
  ari_buf_clear(b);
  if (p.kind) ari_buf_period(b, p);
  return ari_buf_view(b);
}

/* The kinds a set takes, as periods of that kind are written: "2026-Q3, 2026-08". */
static ari_str kinds_text(ari_buf *b, uint8_t kinds) {
  static const struct { ari_period_kind kind; const char *example; } all[] = {
    {ARI_YEAR, "2026"}, {ARI_HALF, "2026-H1"}, {ARI_QUARTER, "2026-Q3"}, {ARI_MONTH, "2026-08"}};
  for (size_t i = 0; i < ARI_COUNT(all); i++) {
    if (!(kinds & all[i].kind)) continue;
    if (b->n) ari_buf_text(b, ", ");
    ari_buf_text(b, all[i].example);
  }
  return ari_buf_view(b);
}

/* Either end may be open: "từ 2022-07". */
static void span_text(ari_buf *b, const char *from, const char *until, const ari_set *set) {
  if (set->valid_from.kind) ari_buf_text(b, from), ari_buf_period(b, set->valid_from);
  if (set->valid_from.kind && set->valid_until.kind) ari_buf_char(b, ' ');
  if (set->valid_until.kind) ari_buf_text(b, until), ari_buf_period(b, set->valid_until);
}

ari_finding *ari_period_refuse(const ari_set *set, ari_period period, ari_span at, ari_findings *fs) {
  ari_finding *f = NULL;
  ari_buf own = {0}, a = {0}, b = {0};
  period_text(&own, period);
  if (set->periods && !(set->periods & period.kind)) {
    kinds_text(&a, set->periods);
    f = ari_findings_add(fs, ARI_E0456, at, &(ari_args){{ari_arg_text(ari_buf_view(&own)), ari_arg_text(ari_buf_view(&a))}});
  } else if (!ari_period_within(period, set->valid_from, set->valid_until)) {
    span_text(&a, "từ ", "đến ", set);
    span_text(&b, "from ", "until ", set);
    f = ari_findings_add(fs, ARI_E0457, at, &(ari_args){{ari_arg_text(ari_buf_view(&own)), ari_arg_text(ari_buf_view(&a)), ari_arg_text(ari_buf_view(&b))}});
  }
  if (own.failed || a.failed || b.failed) fs->failed = true;
  ari_buf_free(&own);
  ari_buf_free(&a);
  ari_buf_free(&b);
  return f;
}

ari_finding *ari_period_differs(ari_findings *fs, ari_code code, ari_span at, ari_period here, ari_period there) {
  ari_buf a = {0}, b = {0};
  ari_finding *f = ari_findings_add(fs, code, at, &(ari_args){{ari_arg_text(period_text(&a, here)), ari_arg_text(period_text(&b, there))}});
  if (a.failed || b.failed) fs->failed = true;
  ari_buf_free(&a);
  ari_buf_free(&b);
  return f;
}

ari_finding *ari_period_not_before(ari_findings *fs, ari_span at, ari_str name, ari_period own, ari_period before) {
  ari_buf a = {0}, b = {0};
  ari_finding *f = ari_findings_add(fs, ARI_E0615, at, &(ari_args){{ari_arg_text(name), ari_arg_text(period_text(&a, own)), ari_arg_text(period_text(&b, before))}});
  if (a.failed || b.failed) fs->failed = true;
  ari_buf_free(&a);
  ari_buf_free(&b);
  return f;
}

/* Puts row, column and whose error it is to a finding that was added without them. */
static bool refuse(ari_reading *r, const ari_spot *spot, ari_finding *f) {
  f->row = spot->at.row;
  f->column = spot->column;
  ari_reading_blame(r, spot);
  return false;
}

/* Notes which of the file's periods this is. A third is told; where no formula looks at last period, the second. */
static bool note_period(ari_reading *r, ari_period period, const ari_spot *spot) {
  int room = r->desk->set->uses_previous ? 2 : 1;
  for (int i = 0; i < room; i++) {
    if (!r->periods[i].kind) {
      r->periods[i] = period;
      r->period_at[i] = spot->at;
    }
    r->period = (uint8_t)i;
    if (ari_period_eq(period, r->periods[i])) return true;
  }
  ari_finding *f = ari_period_differs(r->fs, ARI_E0458, ari_place_span(spot->at), period, r->periods[0]);
  f->other = ari_place_span(r->period_at[0]);
  return refuse(r, spot, f);
}

/* Where formulas look at last period, its rows may stand beside the others, also in files that were last period's own; which period is scored is known when all
 * files are read. */
bool ari_reading_period(ari_reading *r, ari_str text, const ari_spot *spot) {
  const ari_desk *desk = r->desk;
  bool two = desk->set->uses_previous;
  ari_period asked = desk->period, period;
  ari_span at = ari_place_span(spot->at);
  if (r->last && asked.kind) asked = ari_period_before(asked);
  period = asked;
  if (!text.n && !asked.kind && !r->last) return refuse(r, spot, ari_findings_add(r->fs, ARI_E0454, at, NULL));
  if (text.n) {
    if (!ari_period_read(text, &period)) return refuse(r, spot, ari_findings_add(r->fs, ARI_E0156, at, &(ari_args){{ari_arg_text(text)}}));
    bool fits = ari_period_eq(period, asked) || (two && asked.kind && ari_period_eq(period, ari_period_before(asked)));
    if (asked.kind && !fits) return refuse(r, spot, ari_period_differs(r->fs, ARI_E0455, at, period, asked));
    ari_finding *f = asked.kind || two ? NULL : ari_period_refuse(desk->set, period, at, r->fs);
    if (f) return refuse(r, spot, f);
  }
  if (spot->agency < 0) return true;   /* what is nobody's decides nothing for the others */
  return !period.kind || note_period(r, period, spot);
}

void ari_reading_look_at_day(ari_reading *r, const ari_spot *spot, const ari_input *input, int32_t day) {
  ari_period period = r->periods[r->period].kind ? r->periods[r->period] : r->desk->period;
  int32_t first, last;
  if (!period.kind) return;
  ari_period_days_around(period, &first, &last);
  bool early = day < first && !(input && input->has_from), late = day > last && !(input && input->has_to);
  if (!early && !late) return;
  ari_buf b = {0};
  ari_reading_tell(r, spot, ARI_W0495, &(ari_args){{ari_arg_date(day), ari_arg_text(period_text(&b, period))}});
  if (b.failed) r->no_memory = true;
  ari_buf_free(&b);
}
