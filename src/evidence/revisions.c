/* What later revisions of a round take the place of (methodology: ari-evidence(5), "Revisions"): of one agency and one node all that is of one
 * origin. What an agency says besides inputs, claims and notes and reasons and documents, is of its own origin. What was decided in last period's round
 * is replaced by what was decided later. */
#include "inside.h"

enum { DECIDED = ARI_ORIGIN_SURVEY + 1, ORIGINS };

/* An agency has a unit for each node and origin, and one for the lines that name it. */
static size_t count_units(const ari_set *set) { return set->n_nodes * ORIGINS + 1; }

/* False: the record is of no unit; nothing takes its place. */
static bool find_unit(const ari_latest *l, const ari_record *rec, bool last, size_t *unit) {
  const ari_set *set = l->set;
  size_t node = (size_t)set->root->index, origin = ARI_ORIGIN_SELF, named = set->n_nodes * ORIGINS;
  switch ((ari_said)rec->said) {
  case ARI_SAID_VALUE:
    node = (size_t)set->inputs[rec->target].owner->index;
    origin = (size_t)set->inputs[rec->target].source.value;
    break;
  case ARI_SAID_CLAIMED:
  case ARI_SAID_NOTE:
  case ARI_SAID_NOT_APPLICABLE:
  case ARI_SAID_DOCUMENTS:
  case ARI_SAID_WITHHELD:
    if (rec->target >= 0) node = (size_t)set->leaves[rec->target]->index;
    break;
  case ARI_SAID_NOTHING:
    node = (size_t)rec->target;
    origin = rec->state;
    break;
  case ARI_SAID_RULED:
    node = (size_t)rec->target;
    origin = DECIDED;
    break;
  case ARI_SAID_NAMED: break;
  case ARI_SAID_BLANK:
  case ARI_SAID_UNREAD:
  case ARI_SAID_REFUSED:
  case ARI_SAID_INVALID:
  case ARI_SAID_EXPLAINED: return false;
  }
  size_t row = rec->agency + (last ? l->agencies : 0);
  *unit = row * count_units(set) + (rec->said == ARI_SAID_NAMED ? named : node * ORIGINS + origin);
  return true;
}

bool ari_latest_make(ari_latest *l, const ari_set *set, size_t agencies) {
  size_t rows = set->uses_previous ? 2 * agencies : agencies;
  l->set = set;
  l->agencies = agencies;
  if (rows <= SIZE_MAX / count_units(set)) l->revisions = ari_calloc(rows ? rows * count_units(set) : 1, sizeof *l->revisions);
  return l->revisions;
}

/* The revisions of this round are later than those of last period's. */
static int32_t find_revision(const ari_latest *l, const ari_accepted *file) {
  return file->kind == ARI_FILE_PREVIOUS ? file->revision : l->before + file->revision;
}

void ari_latest_note(ari_latest *l, const ari_record *rec, bool last, const ari_accepted *file) {
  size_t unit;
  int32_t revision = find_revision(l, file);
  if (!find_unit(l, rec, last, &unit) || l->revisions[unit] >= revision) return;
  if (revision > l->newest) {
    l->newest = revision;
    l->replaced = 0;
  }
  l->replaced += l->revisions[unit] > l->before && rec->said != ARI_SAID_NAMED;
  l->revisions[unit] = revision;
}

bool ari_latest_counts(const ari_latest *l, const ari_record *rec, bool last, const ari_accepted *file) {
  size_t unit;
  return !l->revisions || !find_unit(l, rec, last, &unit) || l->revisions[unit] == find_revision(l, file);
}

bool ari_latest_is_before(const ari_latest *l, const ari_record *rec) {
  size_t unit;
  return !l->revisions || !find_unit(l, rec, true, &unit) || l->revisions[unit] <= l->before;
}
