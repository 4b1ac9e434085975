/* The states of a round, as one table: what is accepted in each and where it goes on to (ari(1), "The year's round"). */
#include "inside.h"

enum {
  EVIDENCE = 1 << ARI_HAND_EVIDENCE, APPRAISAL = 1 << ARI_HAND_APPRAISAL, EXPLANATION = 1 << ARI_HAND_EXPLANATION, SURVEY = 1 << ARI_HAND_SURVEY,
  OWN = 1 << ARI_ORIGIN_SELF, CENTRAL = 1 << ARI_ORIGIN_CENTRAL
};

static const ari_round_state STATES[] = {
  {"trial", {"chấm thử", "a trial"}, 0, 0, false, 0, {{NULL, false}}},
  {"collecting", {"đang nhận hồ sơ", "collecting"}, EVIDENCE, OWN | CENTRAL, true, 0, {{"appraising", false}}},
  {"appraising", {"thẩm định lần 1", "first appraisal"}, EVIDENCE | APPRAISAL | SURVEY, CENTRAL, false, 1,
   {{"explaining", false}, {"final", false}, {"collecting", true}}},
  {"explaining", {"cơ quan giải trình", "agencies explain"}, EXPLANATION, 0, false, 0, {{"reappraising", false}}},
  {"reappraising", {"thẩm định lần 2", "second appraisal"}, APPRAISAL | SURVEY, 0, false, 2, {{"final", false}}},
  {"final", {"đã chốt", "final"}, 0, 0, false, 0, {{"published", false}, {"reappraising", true}}},
  {"published", {"đã công bố", "published"}, 0, 0, false, 0, {{NULL, false}}},
};

const ari_round_state *ari_round_state_named(ari_str name) {
  for (size_t i = 0; i < ARI_COUNT(STATES); i++)
    if (ari_str_is(name, STATES[i].name)) return &STATES[i];
  return NULL;
}

static const char *const COMMANDS[] = {
  [ARI_HAND_EVIDENCE] = "ari submit", [ARI_HAND_APPRAISAL] = "ari appraise", [ARI_HAND_EXPLANATION] = "ari answer", [ARI_HAND_SURVEY] = "ari survey"};

const char *ari_handed_command(ari_handed what) { return COMMANDS[what]; }

/* "đang nhận hồ sơ (collecting)": the word that commands take stands with it. */
static void put_state(ari_buf *b, const ari_round_state *s, ari_lang lang) {
  ari_buf_text(b, s->text[lang]);
  if (lang == ARI_VI || !ari_str_is(ari_str_of(s->name), s->text[lang])) ari_buf_printf(b, " (%s)", s->name);
}

static void put_next(ari_buf *b, const ari_round_state *s) {
  for (size_t i = 0; i < ARI_NEXT_STATES && s->next[i].to; i++) ari_buf_printf(b, "%s%s", i ? ", " : "", s->next[i].to);
}

/* The step after which it will be accepted; else what can be done now. */
static void put_way(ari_buf *b, const ari_store *store, const ari_round_state *s, ari_handed what, ari_lang lang) {
  bool vi = lang == ARI_VI;
  for (size_t i = 0; i < ARI_NEXT_STATES && s->next[i].to; i++) {
    if (!(ari_round_state_named(ari_str_of(s->next[i].to))->hands & 1u << what)) continue;
    ari_buf_printf(b, "%s: ari round set %s %s%s", vi ? "chạy trước" : "first run", store->path, s->next[i].to,
                   !s->next[i].back ? "" : vi ? " --reason LÝ_DO" : " --reason TEXT");
    return;
  }
  size_t n = 0;
  for (size_t k = 0; k < ARI_COUNT(COMMANDS); k++)
    if (s->hands & 1u << k) ari_buf_printf(b, "%s%s", n++ ? ", " : vi ? "lúc này nhận: " : "now it takes: ", COMMANDS[k]);
  if (n) ari_buf_text(b, "; ");
  if (s->next[0].to) ari_buf_text(b, vi ? "bước tiếp theo: " : "next: ");
  put_next(b, s);
  if (!s->next[0].to) ari_buf_text(b, vi ? "hồ sơ kỳ sau nộp vào đợt mới: ari round open" : "what belongs to the next period goes into a new round: ari round open");
}

/* A finding about a round and the state that it is in. */
static void tell(ari_work *work, ari_code code, ari_str round, const ari_round_state *s, const char *what, const ari_buf *way) {
  ari_buf state = {0};
  put_state(&state, s, work->options.lang);
  ari_findings_add(&work->findings, code, ARI_NOWHERE,
                   &(ari_args){{ari_arg_text(round), ari_arg_text(ari_buf_view(&state)), ari_arg_c(what), ari_arg_text(ari_buf_view(way))}});
  if (state.failed || way->failed) work->failed = true;
  ari_buf_free(&state);
}

void ari_round_refuse_hand_in(ari_work *work, const ari_store *store, ari_str round, const ari_round_state *state, ari_handed what) {
  ari_buf way = {0};
  put_way(&way, store, state, what, work->options.lang);
  tell(work, ARI_E0649, round, state, COMMANDS[what], &way);
  ari_buf_free(&way);
}

/* A package is what an agency says of itself: the step back to where that is taken. */
void ari_round_refuse_package(ari_work *work, const ari_store *store, ari_str round, const ari_round_state *state) {
  ari_buf way = {0};
  for (size_t i = 0; i < ARI_NEXT_STATES && state->next[i].to; i++)
    if (ari_round_state_named(ari_str_of(state->next[i].to))->origins & OWN) put_way(&way, store, state, ARI_HAND_EVIDENCE, work->options.lang);
  tell(work, ARI_E0981, round, state, "", &way);
  ari_buf_free(&way);
}

static bool tell_no_state(ari_work *work, const char *to) {
  ari_buf names = {0};
  for (size_t i = 1; i < ARI_COUNT(STATES); i++) ari_buf_printf(&names, "%s%s", i > 1 ? ", " : "", STATES[i].name);
  ari_findings_add(&work->findings, ARI_E0653, ARI_NOWHERE, &(ari_args){{ari_arg_c(to), ari_arg_text(ari_buf_view(&names))}});
  if (names.failed) work->failed = true;
  ari_buf_free(&names);
  return false;
}

bool ari_round_may_go(ari_work *work, ari_str round, const ari_round_state *from, const char *to, const char *reason) {
  if (!ari_round_state_named(ari_str_of(to))) return tell_no_state(work, to);
  bool known = false, back = false;
  for (size_t i = 0; i < ARI_NEXT_STATES && from->next[i].to; i++) {
    if (!ari_str_is(ari_str_of(to), from->next[i].to)) continue;
    known = true;
    back = from->next[i].back;
  }
  bool lacks = back && !(reason && !ari_utf8_is_blank(ari_str_of(reason)));
  if (known && !lacks) return true;
  ari_buf way = {0};
  put_next(&way, from);
  tell(work, lacks ? ARI_E0652 : from->next[0].to ? ARI_E0651 : ARI_E0650, round, from, to, &way);
  ari_buf_free(&way);
  return false;
}

bool ari_round_is_late(const ari_round_row *row, int64_t at) {
  int32_t day;
  return row->deadline.n && ari_date_read(row->deadline, &day) && at >= ((int64_t)day + 1) * ARI_DAY;
}
