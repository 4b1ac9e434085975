/* One leaf of one agency: its state, the policy that follows, its points (ari-criteria(5), "Policies", "Rules"). */
#include "inside.h"

const ari_policy_setting *ari_policy_of(const ari_node *leaf, uint32_t tier, ari_leaf_state state) {
  switch (state) {
  case ARI_MISSING: return &leaf->missing[tier];
  case ARI_EMPTY: return &leaf->empty[tier];
  case ARI_NOT_APPLICABLE: return leaf->presence[tier] == ARI_GRANTED ? leaf->granted : &leaf->not_applicable[tier];
  default: return NULL;
  }
}

static ari_str agency_id(const ari_scorer *s) { return s->evidence->agencies->items[s->agency].id; }

/* Figures are rounded once, and this is the leaf's place for it. */
void ari_settle_leaf(ari_scorer *s, const ari_node *leaf, const ari_num *points) {
  ari_figure *f = &s->row[leaf->index];
  ari_num_round(s->a, points, leaf->rounding.leaf, leaf->rounding.mode);
  f->has_points = ari_num_e12(s->a, &f->points);
  if (!f->has_points)
    ari_fault(s, ARI_E0511, (ari_formulas){.rule = leaf->rule}, leaf->span,
              &(ari_args){{ari_arg_text(leaf->id), ari_arg_text(agency_id(s))}});
}

/* ---- policies ---- */

/* Whoever fills in a form knows an input by its title, and the cell is there. */
static void tell_missing(ari_scorer *s, const ari_node *leaf, const ari_input *input, ari_span setting) {
  const ari_evidence *ev = s->evidence;
  const ari_place *blank = ari_evidence_blank(ev, s->agency, (int)(input - s->set->inputs));
  ari_str vi = blank ? ari_title_in(input->title, ARI_VI) : input->name, en = blank ? ari_title_in(input->title, ARI_EN) : input->name;
  ari_args args = {{ari_arg_text(leaf->id), ari_arg_text(agency_id(s)), ari_arg_text(vi), ari_arg_text(en)}};
  ari_fault_at(s, ARI_E0506, blank ? *blank : ev->submissions[s->agency].at, blank ? (ari_str){0} : input->column, setting, &args);
}

/* Policy `error`: what the state is about cannot stand in the evidence. */
static void tell_forbidden(ari_scorer *s, const ari_node *leaf, ari_leaf_state state, const ari_answer *answer, ari_span setting) {
  const ari_evidence *ev = s->evidence;
  ari_arg id = ari_arg_text(leaf->id), agency = ari_arg_text(agency_id(s));
  if (state == ARI_NOT_APPLICABLE) {
    const ari_remark *remark = ari_evidence_entry(ev, s->agency, leaf->leaf)->remark;
    ari_fault_at(s, ARI_E0508, remark->not_applicable_at, (ari_str){0}, leaf->span, &(ari_args){{id, agency}});
  } else if (state == ARI_EMPTY && answer->compared) {
    ari_fault(s, ARI_E0531, (ari_formulas){.rule = leaf->rule}, setting.file < 0 ? leaf->span : setting,
              &(ari_args){{id, agency, ari_arg_text(answer->where->text)}});
  } else if (state == ARI_EMPTY) {
    ari_fault(s, ARI_E0507, (ari_formulas){{answer->where}, leaf->rule}, setting.file < 0 ? leaf->span : setting,
              &(ari_args){{id, agency, ari_arg_text(answer->where->text)}});
  } else if (answer->of_previous) {
    ari_fault_at(s, ARI_E0533, ev->submissions[s->agency].at, (ari_str){0}, setting.file < 0 ? leaf->span : setting,
                 &(ari_args){{id, agency, ari_arg_text(s->set->inputs[answer->slot].name)}});
  } else if (ari_evidence_cell(ev, s->agency, answer->slot)->state != ARI_CELL_BAD && !ev->submissions[s->agency].unread) {
    /* else the value itself, or a column that may be its, was told already */
    tell_missing(s, leaf, &s->set->inputs[answer->slot], setting.file < 0 ? leaf->span : setting);
  }
}

static uint32_t documents_named(const ari_scorer *s, const ari_node *leaf) {
  const ari_remark *remark = ari_evidence_entry(s->evidence, s->agency, leaf->leaf)->remark;
  return remark ? remark->n_documents : 0;
}

/* Points count when as many documents as asked for prove them; where there are none there is nothing to prove. */
static bool lacks_documents(const ari_scorer *s, const ari_node *leaf, const ari_num *points) {
  return !s->complete && ari_num_sign(points) > 0 && documents_named(s, leaf) < (uint32_t)leaf->documents.value;
}

static void tell_undocumented(ari_scorer *s, const ari_node *leaf) {
  const ari_setting *asked = &leaf->documents;
  const ari_submission *submission = &s->evidence->submissions[s->agency];
  ari_args args = {{ari_arg_text(leaf->id), ari_arg_text(agency_id(s)), ari_arg_int(asked->value), ari_arg_int(documents_named(s, leaf))}};
  if (submission->unread) return;   /* as with figures: what they stand in was told */
  if (submission->has_sheet) ari_fault_at(s, ARI_E0518, submission->documents_at, (ari_str){0}, asked->span, &args);
  else ari_fault(s, ARI_E0518, (ari_formulas){.rule = leaf->rule}, asked->span, &args);
}

/* ari-criteria(5), "Policies": the state says why there are no ordinary points, the policy what follows. */
static void apply_policy(ari_scorer *s, const ari_node *leaf, ari_leaf_state state, const ari_answer *answer) {
  ari_figure *f = &s->row[leaf->index];
  const ari_policy_setting *setting = ari_policy_of(leaf, s->tier, state);
  ari_policy policy = s->complete && state == ARI_MISSING ? ARI_POLICY_FULL : setting->policy;
  f->state = (uint8_t)state;
  f->policy = (uint8_t)policy;
  switch (policy) {
  case ARI_POLICY_ZERO:
    f->has_points = true;
    break;
  case ARI_POLICY_FULL:
    ari_settle_leaf(s, leaf, leaf->max[s->tier]);
    break;
  case ARI_POLICY_SPREAD:
    s->spreads = true;   /* ari_spread gives its max to others */
    f->max = 0;
    break;
  case ARI_POLICY_EXCLUDE:
    f->max = 0;
    break;
  case ARI_POLICY_UNSCORED:
  case ARI_POLICY_WITHHOLD:
    break;
  case ARI_POLICY_NONE:
  case ARI_POLICY_ERROR:
    if (state == ARI_MISSING && s->evidence->submissions[s->agency].unasked) {
      s->pends = true;   /* it will have to be there: the total is not the last word */
      break;
    }
    if (f->undocumented) tell_undocumented(s, leaf);
    else tell_forbidden(s, leaf, state, answer, setting->span);
    break;
  }
}

/* ---- the rule ---- */

static void tell_rule_error(ari_scorer *s, const ari_node *leaf, const ari_rule_answer *r) {
  ari_arg id = ari_arg_text(leaf->id), agency = ari_arg_text(agency_id(s));
  const ari_expr *where = r->answer.where;
  if (r->error && r->error != ARI_E0501) {   /* beyond the limits of what is compared */
    ari_fault(s, r->error, (ari_formulas){.rule = leaf->rule}, r->where, &(ari_args){{id, agency, r->beyond[0], r->beyond[1]}});
  } else if (r->error && ari_expectation_failed(s, leaf, leaf->rule->value)) {
    s->faulty = true;   /* told in the author's own words */
  } else if (r->error) {
    ari_fault(s, r->error, (ari_formulas){.rule = leaf->rule}, r->where, &(ari_args){{id, r->beyond[0], agency}});
  } else if (r->answer.outcome == ARI_DIVISION_BY_ZERO) {
    ari_fault(s, ARI_E0504, (ari_formulas){{where->kids[1], where}, leaf->rule}, where->span,
              &(ari_args){{id, agency, ari_arg_text(where->text)}});
  } else if (r->answer.outcome == ARI_BAD_ARGUMENT) {
    ari_fault(s, ARI_E0505, (ari_formulas){{where}, leaf->rule}, where->span, &(ari_args){{id, agency, ari_arg_text(where->text)}});
  }
}

/* `over_max` and `min` of a leaf: compared before rounding, as every threshold inside a rule. */
static void limit_points(ari_scorer *s, const ari_node *leaf) {
  const ari_num *max = leaf->max[s->tier];
  ari_num *points = s->run.points;
  ari_arg id = ari_arg_text(leaf->id), agency = ari_arg_text(agency_id(s));
  if (ari_num_cmp(points, max) > 0) {
    if (leaf->over_max == ARI_OVER_ALLOW) {
      s->exceeds[leaf->index] = ARI_EXCESS_ALLOWED;
    } else if (leaf->over_max == ARI_OVER_CAP) {
      ari_trace_add(s->run.trace, ARI_STEP_LIMIT, "over_max", leaf->max_span, NULL, max, points, 0);
      ari_num_set(points, max);
      s->row[leaf->index].capped = true;
    } else {
      ari_fault(s, ARI_E0509, (ari_formulas){.rule = leaf->rule}, leaf->max_span,
                &(ari_args){{id, agency, ari_arg_num(points), ari_arg_num(max)}});
    }
  }
  if (leaf->min && ari_num_cmp(points, leaf->min) < 0) {
    ari_fault(s, ARI_E0510, (ari_formulas){.rule = leaf->rule}, leaf->rule->span,
              &(ari_args){{id, agency, ari_arg_num(points), ari_arg_num(leaf->min)}});
    ari_num_set(points, leaf->min);   /* told here, and not of the sum above too */
  }
}

/* ---- what is not there ---- */

typedef struct own_search { const ari_scorer *s; int slot; bool of_previous; } own_search;

static void look_at_own(void *to, int slot, bool of_previous) {
  own_search *x = to;
  const ari_inputs *in = &x->s->inputs;
  if (x->slot < 0 && of_previous && !(in->previous && in->previous(in->of, slot, x->s->a))) *x = (own_search){x->s, slot, true};
  if (x->slot >= 0 || of_previous || x->s->set->inputs[slot].source.value != ARI_ORIGIN_SELF) return;
  if (ari_evidence_cell(x->s->evidence, x->s->agency, slot)->state != ARI_CELL_GIVEN) x->slot = slot;
}

/* Blank, and its maximum is not counted before it has points. */
static void leave_pending(ari_scorer *s, const ari_node *leaf) {
  ari_figure *f = &s->row[leaf->index];
  f->state = ARI_PENDING;
  f->max = 0;
  s->pends = true;
  const ari_num *least, *most;
  f->undocumented = leaf->documents.value && ari_scorer_limits(s, leaf, &least, &most) && lacks_documents(s, leaf, most);
}

/* What others supply is pending while it is not there. A figure of the agency's own that is needed in any case is missing all the same. */
static void score_without(ari_scorer *s, const ari_node *leaf, ari_answer *answer) {
  bool judged = answer->slot == ARI_JUDGEMENT;
  own_search own = {s, -1, answer->of_previous};   /* last period is over: nobody supplies it any more */
  if (!judged && !answer->of_previous && s->set->inputs[answer->slot].source.value != ARI_ORIGIN_SELF) ari_rule_needs(leaf->rule, look_at_own, &own);
  else if (!judged) own.slot = answer->slot;
  if (own.slot >= 0) {
    answer->slot = own.slot;
    answer->of_previous = own.of_previous;
    apply_policy(s, leaf, ARI_MISSING, answer);
  } else {
    leave_pending(s, leaf);
  }
}

/* Its own figures are there, and only those of others are not. */
static bool waits_for_others(const ari_scorer *s, const ari_node *leaf, const ari_rule_answer *r) {
  bool own_empty = !r->error && r->answer.outcome == ARI_EMPTY_DIVISION && !r->answer.compared;
  return leaf->rule->compares && s->evidence->submissions[s->agency].alone && !own_empty;
}

/* ---- one leaf ---- */

static void score_by_rule(ari_scorer *s, const ari_node *leaf) {
  ari_figure *f = &s->row[leaf->index];
  if (leaf->rule->compares && s->evidence->submissions[s->agency].invalid) {   /* it is compared with nobody; why has been told */
    f->state = ARI_SCORED;
    return;
  }
  s->run.max = leaf->max[s->tier];
  s->run.points = s->unrounded ? s->unrounded[leaf->leaf] : s->points;
  ari_rule_answer r = ari_rule_eval(leaf->rule, &s->run);
  if (!r.error && r.answer.outcome == ARI_MISSING_INPUT) {
    score_without(s, leaf, &r.answer);
    if (s->trace) s->trace->answer = r;
    return;
  }
  if (s->trace) s->trace->answer = r;
  if (waits_for_others(s, leaf, &r)) {
    leave_pending(s, leaf);
    return;
  }
  if (!r.error && r.answer.outcome == ARI_EMPTY_DIVISION) {
    apply_policy(s, leaf, ARI_EMPTY, &r.answer);
    return;
  }
  f->state = ARI_SCORED;
  if (r.answer.outcome == ARI_NO_MEMORY) {
    s->failed = true;
  } else if (r.error || r.answer.outcome != ARI_VALUE) {
    tell_rule_error(s, leaf, &r);
  } else {
    limit_points(s, leaf);
    if (lacks_documents(s, leaf, s->run.points)) {
      f->undocumented = true;
      f->capped = false;
      s->exceeds[leaf->index] = ARI_NO_EXCESS;
      apply_policy(s, leaf, ARI_MISSING, NULL);
    } else {
      ari_settle_leaf(s, leaf, s->run.points);
    }
  }
}

void ari_score_leaf(ari_scorer *s, const ari_node *leaf) {
  ari_figure *f = &s->row[leaf->index];
  const ari_remark *remark = ari_evidence_entry(s->evidence, s->agency, leaf->leaf)->remark;
  *f = (ari_figure){.max = leaf->max_e12[s->tier]};
  s->exceeds[leaf->index] = ARI_NO_EXCESS;
  if (leaf->presence[s->tier] == ARI_NOT_THERE) return;   /* blank, and of no state */
  if (ari_num_sign(leaf->max[s->tier]) == 0) {
    f->state = ARI_WATCHED;
  } else if (!s->evidence->submissions[s->agency].withheld.p && ari_score_given(s, leaf)) {
    return;
  } else if (s->evidence->submissions[s->agency].withheld.p || (remark && remark->withheld.p)) {
    f->state = ARI_WITHHELD;
    f->policy = ARI_POLICY_WITHHOLD;
  } else if (leaf->presence[s->tier] == ARI_GRANTED || (remark && remark->not_applicable.p && !ari_has_given_inputs(s, leaf))) {
    apply_policy(s, leaf, ARI_NOT_APPLICABLE, NULL);
  } else if (s->evidence->stage == ARI_STAGE_CLAIMED) {   /* nothing was claimed */
    f->state = ARI_MISSING;
    f->policy = ARI_POLICY_UNSCORED;
  } else {
    score_by_rule(s, leaf);
  }
}
