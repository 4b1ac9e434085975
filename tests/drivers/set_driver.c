/* For tests/properties.t: what can be known of a criteria set without evidence, one thing a line, words between tabs: its tiers, the inputs that a column
 * of evidence can be written for, and each leaf in each tier that it exists in, with the least and most points that its rule can give. */
#include "criteria/inside.h"

#include <stdio.h>

enum { LARGEST = 32 << 20, DECIMALS = 30 };

static void print_num(const ari_num *x) {
  ari_buf text = {0};
  ari_buf_num(&text, x, DECIMALS, ARI_AS_DATA);
  printf("\t%.*s", (int)text.n, text.p);
  ari_buf_free(&text);
}

static void print_limit(bool there, ari_dec x) {
  ari_buf text = {0};
  if (there) ari_buf_dec(&text, x, ARI_AS_DATA);
  printf("\t%.*s", (int)text.n, text.n ? text.p : "");
  ari_buf_free(&text);
}

static void print_inputs(const ari_set *set) {
  static const char *const types[] = {"yes_no", "count", "number", "money", "percent", "date", "choice", "survey", "text"};
  for (uint32_t i = 0; i < set->n_inputs; i++) {
    const ari_input *in = &set->inputs[i];
    if (in->type == ARI_SURVEY) continue;
    bool number = in->type != ARI_DATE;
    printf("input\t%.*s\t%s\t%d", (int)in->column.n, in->column.p, types[in->type], in->list);
    print_limit(in->has_from && number, in->from);
    print_limit(in->has_to && number, in->to);
    putchar('\t');
    for (uint32_t o = 0; o < in->n_options; o++) printf("%s%.*s", o ? " " : "", (int)in->options[o].id.n, in->options[o].id.p);
    putchar('\n');
  }
}

static bool print_leaf(const ari_set *set, const ari_node *leaf, uint32_t tier) {
  ari_nums nums = {0};
  ari_range range = {0};
  bool scored = leaf->rule && leaf->presence[tier] == ARI_THERE && leaf->max_e12[tier] > 0;
  if (scored && !ari_rule_limits(&nums, set, leaf, tier, &range)) return false;
  printf("leaf\t%.*s\t%.*s", (int)leaf->id.n, leaf->id.p, (int)set->tiers[tier].id.n, set->tiers[tier].id.p);
  printf("\t%d\t%d", leaf->rounding.leaf, leaf->outside);
  print_num(leaf->max[tier]);
  if (range.has_low) print_num(range.low);
  else printf("\t");
  if (range.has_high) print_num(range.high);
  else printf("\t");
  putchar('\n');
  ari_nums_free(&nums);
  return true;
}

int main(int argc, char **argv) {
  ari_sources all = {0};
  ari_findings fs = {0};
  ari_set *set = NULL;
  int status = 1;
  if (argc == 2 && ari_sources_add(&all, ari_str_of(argv[1])) == 0 && ari_source_load(&all.items[0], 0, LARGEST, true, &fs) == ARI_OK
      && ari_set_read(&all.items[0], 0, &set, &fs) == ARI_OK && set && set->sound) {
    status = 0;
    print_inputs(set);
    for (uint32_t t = 0; t < set->n_tiers; t++) {
      printf("tier\t%.*s\n", (int)set->tiers[t].id.n, set->tiers[t].id.p);
      for (uint32_t i = 0; i < set->n_leaves; i++)
        if (set->leaves[i]->presence[t] != ARI_NOT_THERE && !print_leaf(set, set->leaves[i], t)) status = 1;
    }
  }
  ari_set_free(set);
  ari_findings_free(&fs);
  ari_sources_free(&all);
  return status;
}
