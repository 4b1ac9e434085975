/* Agencies come, go and merge: who exists in a period, and who takes whose place (ari-evidence(5), "Agencies"). */
#include "inside.h"

/* An agency is scored for a period when it exists at its end: of two that were merged in July, the year is their successor's. */
bool ari_agency_exists(const ari_agency *agency, ari_period period) {
  if (!period.kind) return true;
  bool ended = agency->until.kind && ari_period_ends_after(period, agency->until);
  return !ended && (!agency->from.kind || !ari_period_begins_after(agency->from, period));
}

int32_t ari_agencies_number(const ari_agencies *list, ari_str id) {
  int32_t number = ari_map_get(&list->ids, id);
  if (number >= 0) return number;
  number = ari_map_get(&list->former_ids, id);
  return number < 0 ? -1 : (int32_t)list->n + number;
}

/* ---- the list, without a period ---- */

static bool add_former(ari_agencies *list, ari_str id) {
  if (ari_agencies_number(list, id) >= 0) return true;
  if (!ari_grow((void **)&list->former, list->n_former, &list->former_room, sizeof *list->former)) return false;
  if (!ari_map_put(&list->former_ids, id, (int32_t)list->n_former)) return false;
  list->former[list->n_former++] = id;
  return true;
}

/* Whether the agency still exists when its successor begins: what it had would count twice. */
static bool outlives(const ari_agency *old, const ari_agency *successor) {
  if (!old->until.kind) return true;
  return successor->from.kind && !ari_period_begins_after(successor->from, old->until);
}

static ari_finding *tell_follow(const ari_agency *a, ari_code code, ari_str old, ari_findings *fs) {
  return ari_place_finding(fs, code, a->replaces_at, ARI_STR("replaces"), &(ari_args){{ari_arg_text(old), ari_arg_text(a->id)}});
}

/* heirs: by number, the place in the list of who takes its place, and one more; 0: nobody so far. */
static void check_follower(ari_agencies *list, size_t i, uint32_t *heirs, ari_findings *fs) {
  const ari_agency *a = &list->items[i];
  for (uint32_t k = 0; k < a->n_replaces; k++) {
    ari_str id = a->replaces[k];
    int32_t old = ari_agencies_number(list, id);
    if (ari_str_eq(id, a->id)) {
      tell_follow(a, ARI_E0446, id, fs);
    } else if (heirs[old]) {
      tell_follow(a, ARI_E0448, id, fs)->other = list->items[heirs[old] - 1].span;
    } else {
      heirs[old] = (uint32_t)i + 1;
      if ((size_t)old < list->n && outlives(&list->items[old], a)) tell_follow(a, ARI_E0447, id, fs)->other = list->items[old].span;
    }
  }
}

bool ari_agencies_follow(ari_agencies *list, ari_findings *fs) {
  bool good = true, any = false;
  for (size_t i = 0; i < list->n && good; i++)
    for (uint32_t k = 0; k < list->items[i].n_replaces && good; k++) {
      good = add_former(list, list->items[i].replaces[k]);
      any = true;
    }
  if (!any || !good) return good;
  uint32_t *heirs = ari_calloc(list->n + list->n_former, sizeof *heirs);
  if (!heirs) return false;
  for (size_t i = 0; i < list->n; i++) check_follower(list, i, heirs, fs);
  ari_free(heirs);
  return true;
}

/* ---- in a period ---- */

static bool copy_groups(const ari_agencies *list, ari_agencies *out) {
  for (size_t i = 0; i < list->n_groups; i++) {
    if (!ari_grow((void **)&out->groups, out->n_groups, &out->groups_room, sizeof *out->groups)) return false;
    out->groups[out->n_groups++] = list->groups[i];
  }
  return true;
}

bool ari_agencies_existing(const ari_agencies *list, ari_period period, ari_agencies *out, int32_t *place) {
  out->file = list->file;
  if (!copy_groups(list, out)) return false;
  for (size_t i = 0; i < list->n + list->n_former; i++) {
    place[i] = -1;
    if (i >= list->n || !ari_agency_exists(&list->items[i], period)) continue;
    if (!ari_grow((void **)&out->items, out->n, &out->room, sizeof *out->items)) return false;
    if (!ari_map_put(&out->ids, list->items[i].id, (int32_t)out->n)) return false;
    out->items[out->n] = list->items[i];
    place[i] = (int32_t)out->n++;
  }
  return true;
}

/* Who exists in the period and takes the place of the agency, or of who takes its place. NULL: nobody. */
static const ari_agency *find_heir(const ari_agencies *list, ari_str id, ari_period period) {
  for (size_t steps = 0; steps <= list->n; steps++) {
    const ari_agency *heir = NULL;
    for (size_t i = 0; i < list->n && !heir; i++)
      for (uint32_t k = 0; k < list->items[i].n_replaces; k++)
        if (ari_str_eq(list->items[i].replaces[k], id)) heir = &list->items[i];
    if (!heir || ari_agency_exists(heir, period)) return heir;
    id = heir->id;
  }
  return NULL;
}

void ari_agency_tell_gone(const ari_agencies *list, uint32_t number, ari_period period, ari_place at, ari_findings *fs) {
  const ari_agency *a = number < list->n ? &list->items[number] : NULL;
  ari_str id = a ? a->id : list->former[number - list->n];
  const ari_agency *heir = find_heir(list, id, period);
  ari_buf of = {0};
  ari_buf_period(&of, period);
  if (of.failed) fs->failed = true;
  ari_args args = {{ari_arg_text(id), ari_arg_text(ari_buf_view(&of)), ari_arg_text(heir ? heir->id : ARI_STR(""))}};
  ari_finding *f = ari_place_finding(fs, heir ? ARI_E0445 : ARI_E0444, at, (ari_str){0}, &args);
  if (a) f->other = a->span;
  ari_buf_free(&of);
}
