#!/usr/bin/perl
# A round from claims to the second appraisal: what every figure is at each stage, why it changed, and how explain tells it. All figures are invented; the arithmetic is written out.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Digest::SHA qw(sha256_hex);
use JSON::PP qw(decode_json);
use Harness qw($ari $tmp ok is done put slurp start finish);

my $db = "$tmp/round.db";
sub ari { my ($status, $text, $err) = finish(start($tmp, {}, $ari, @_, '--lang', 'en')); return ($status, $text, $err) }
sub must { my ($status, $text, $err) = ari(@_); ok($status == 0, "@_[0 .. ($#_ > 2 ? 2 : $#_)]", $err); return $text }
# At a stage: "a 18.5/40 46.25 1", by agency.
sub totals {
  my ($stage) = @_;
  my $csv = must('rank', $db, '--format', 'csv', $stage ? ('--stage', $stage) : ());
  my @rows = map { [split /,/, $_, -1] } (split /\n/, $csv)[1 .. 2];
  return join('; ', sort map { "$_->[1] $_->[3]/$_->[4] $_->[5] $_->[0] $_->[7]" } @rows);
}

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: staged
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
criteria:
  - {id: share, title: Share, max: 10, inputs: {done: count, due: count}, score: {share: done / due}, empty: zero}
  - {id: judged, title: Judged, max: 10, score: {judged: [0, 5, 10]}}
  - {id: central, title: Central, max: 10, inputs: {p: {type: percent, source: central}}, score: {share: p}}
  - id: node
    title: Node
    inputs: {people: count}
    criteria:
      - {id: per, title: Per, max: 10, inputs: {got: count}, score: {share: got / people}, empty: zero}
YAML
put("$tmp/set/agencies.csv", "id,name,group\na,Agency A,g\nb,Agency B,g\n");
put("$tmp/a.csv", "agency,share.done,share.due,share.claimed,node.people,per.got,per.claimed\na,21,30,8,10,5,5\n");
put("$tmp/b.csv", "agency,share.done,share.due,node.people,per.got\nb,15,30,10,10\n");
put("$tmp/central.csv", "agency,central.p\na,50%\nb,100%\n");
put("$tmp/first-a.yaml", <<'YAML');
ari: appraisal/1
set: staged
agency: a
period: 2026
by: Evaluator X
appraisal:
  share: {inputs: {done: 18}, reason: three came in twice}
  judged: {points: 5, reason: the plan is late}
  node: {inputs: {people: 20}, reason: the list of staff has 20}
YAML
put("$tmp/first-b.yaml", <<'YAML');
ari: appraisal/1
agency: b
appraisal:
  share: {accept: yes, reason: as in the register}
  judged: {points: 10, reason: the plan is good}
YAML
put("$tmp/answer.yaml", <<'YAML');
ari: explanation/1
agency: a
explanation:
  share: {text: the three were new dossiers}
YAML
put("$tmp/second.yaml", <<'YAML');
ari: appraisal/1
agency: a
appraisal:
  share: {accept: yes, reason: the register shows new numbers}
  judged: {points: 10, reason: the plan was signed in time}
  per: {points: 2.505, reason: between the two}
YAML

must('round', 'open', $db, 'set', '--period', '2026');
must('submit', $db, 'a.csv');
must('submit', $db, 'b.csv', 'central.csv');
# a: 10 x 21/30 = 7; central 10 x 0.5 = 5; per 10 x 5/10 = 5; judged waits: 17 of 30 = 56.67 %. b: 5 + 10 + 10 = 25 of 30 = 83.33 %.
is(totals('computed'), 'a 17/30 56.67 2 provisional; b 25/30 83.33 1 provisional', 'computed');
# a claims 8 + 5 = 13 of 40; b nothing.
is(totals('claimed'), 'a 13/40 32.5 1 final; b /  2 absent', 'claimed');
# b has handed in figures: what it lacks are claims
for my $case (['en', 'nothing claimed', 'no evidence submitted'], ['vi', 'chưa tự chấm', 'chưa nộp số liệu']) {
  my ($lang, $want, $not) = @$case;
  for my $words (['rank', $db, '--stage', 'claimed'], ['explain', $db, '--agency', 'b', '--stage', 'claimed']) {
    my ($s, $shown, $told) = finish(start($tmp, {}, $ari, @$words, '--lang', $lang));
    ok($shown =~ /$want/ && $shown !~ /$not/, "$words->[0] says so, in $lang", $shown, $told);
  }
}
must('round', 'set', $db, 'appraising');
must('appraise', $db, 'first-a.yaml', 'first-b.yaml');
# a: 10 x 18/30 = 6, judged 5, central 5, per 10 x 5/20 = 2.5: 18.5 of 40 = 46.25 %. b: 5 + 10 + 10 + 10 = 35 of 40 = 87.5 %.
is(totals('appraised1'), 'a 18.5/40 46.25 2 final; b 35/40 87.5 1 final', 'after the first appraisal');
must('round', 'set', $db, 'explaining');
must('answer', $db, 'answer.yaml');
must('round', 'set', $db, 'reappraising');
must('appraise', $db, 'second.yaml');
# a: share as computed 7, judged 10, central 5, per 2.505 rounded to 2.51: 24.51 of 40 = 61.275 -> 61.28 %; b as before.
is(totals('appraised2'), 'a 24.51/40 61.28 2 final; b 35/40 87.5 1 final', 'after the second appraisal');
is(totals(undef), 'a 24.51/40 61.28 2 final; b 35/40 87.5 1 final', 'final is what was decided last');
is(totals('appraised1'), 'a 18.5/40 46.25 2 final; b 35/40 87.5 1 final', 'the first appraisal stays what it was');
is(totals('computed'), 'a 17/30 56.67 2 provisional; b 25/30 83.33 1 provisional', '... and what was computed');

my $csv = must('stages', $db, '--format', 'csv');
is($csv, <<'CSV', 'every node at every stage');
agency,criterion,level,claimed,computed,appraised1,appraised2,final,reason1,explanation,reason2
a,total,0,13,17,18.5,24.51,24.51,,,
a,share,1,8,7,6,7,7,three came in twice,the three were new dossiers,the register shows new numbers
a,judged,1,,,5,10,10,the plan is late,,the plan was signed in time
a,central,1,,5,5,5,5,,,
a,node,1,5,5,2.5,2.51,2.51,the list of staff has 20,,
a,per,2,5,5,2.5,2.51,2.51,,,between the two
b,total,0,,25,35,35,35,,,
b,share,1,,5,5,5,5,as in the register,,
b,judged,1,,,10,10,10,the plan is good,,
b,central,1,,10,10,10,10,,,
b,node,1,,10,10,10,10,,,
b,per,2,,10,10,10,10,,,
CSV

my $why = must('explain', $db, '--agency', 'a', '--criterion', 'share');
my @order = ('Claimed: 8', 'done / due = 21 / 30', 'First appraisal: scored by other figures', 'Reason: three came in twice', 'By: Evaluator X', 'done: 21 → 18', 'done / due = 18 / 30',
  "The agency's explanation: the three were new dossiers", "Second appraisal: what the rule gives for the agency's figures stands", 'Reason: the register shows new numbers',
  'Stage by stage: Claimed 8 → Computed 7 → First appraisal 6 → Second appraisal 7');
my $at = -1;
for my $text (@order) {
  my $next = index($why, $text, $at + 1);
  ok($next > $at, "explain tells in order: $text", split(/\n/, $why));
  $at = $next if $next > $at;
}
my $judged = must('explain', $db, '--agency', 'a', '--criterion', 'judged', '--stage', 'appraised1');
ok($judged =~ /First appraisal: points given: 5/ && $judged !~ /Second appraisal/, 'at the first appraisal nothing is known of the second', $judged);
my $given = must('explain', $db, '--agency', 'a', '--criterion', 'per');
ok($given =~ /Second appraisal: points given: 2\.505.*rounded to 2 decimals \(half away from zero\) = 2\.51/s, 'points given are rounded as any leaf', $given);
my $shared = must('explain', $db, '--agency', 'a', '--criterion', 'per', '--stage', 'appraised1');
ok($shared =~ m{got / people = 5 / 10 .*First appraisal: scored by other figures .*node\n.*Reason: the list of staff has 20.*people: 10 → 20.*got / people = 5 / 20 .*Stage by stage: Claimed 5 → Computed 5 → First appraisal 2\.5}s, 'a figure that was replaced above it is told of a criterion that uses it', $shared);
my $node = must('explain', $db, '--agency', 'a', '--criterion', 'node');
ok($node =~ /people: 10 → 20/ && $node =~ /the list of staff has 20/, 'a decision on figures that several criteria share', $node);

# The round as open data: the files are those of the commands, and the manifest has their hashes.
must('export', $db, '-o', 'open');
my $manifest = decode_json(slurp("$tmp/open/manifest.json"));
is(join(' ', sort map { $_->{name} } @{$manifest->{files}}), 'agencies.csv criteria.yaml ranking.csv results.json scores.csv stages.csv', 'what an export holds');
ok(!(grep { sha256_hex(slurp("$tmp/open/$_->{name}")) ne $_->{sha256} || -s "$tmp/open/$_->{name}" != $_->{bytes} } @{$manifest->{files}}), 'its manifest is true');
is(slurp("$tmp/open/stages.csv"), $csv, 'the stages are those of the command');
is(slurp("$tmp/open/ranking.csv"), must('rank', $db, '--format', 'csv'), 'so is the ranking');
is(slurp("$tmp/open/criteria.yaml"), slurp("$tmp/set/criteria.yaml"), 'the criteria are those that were accepted');
my $results = decode_json(slurp("$tmp/open/results.json"));
ok($results->{stage} eq 'final' && $results->{round}{id} eq '2026' && $results->{round}{state} eq 'reappraising' && $results->{round}{head} eq $manifest->{head}, 'results.json says of which round and state it is');
my $table = must('rank', $db);
ok($table =~ /^Trial set – 2026 – second appraisal$/m, 'so does the table', $table);
my (undef, $head) = ari('verify', $db);
ok(index($head, $manifest->{head}) >= 0 && $manifest->{round} eq '2026' && $manifest->{state} eq 'reappraising', 'round, state and head of the log', $head);
my ($again, undef, $there) = ari('export', $db, '-o', 'open');
ok($again == 3 && $there =~ /F0670/, 'a folder that is there is not replaced', $there);

# What the evaluators may not give is refused with both places.
put("$tmp/wrong.yaml", "ari: appraisal/1\nagency: b\nappraisal:\n  judged: {points: 7, reason: in between}\n");
my ($status, undef, $err) = ari('appraise', $db, 'wrong.yaml');
ok($status == 1 && $err =~ /E0570/ && $err =~ /wrong\.yaml:4/ && $err =~ /criteria\.yaml:8/, 'points that the set does not list', $err);
is(totals(undef), 'a 24.51/40 61.28 2 final; b 35/40 87.5 1 final', '... change nothing');

# A decision with a warning, and then a mistake: what earlier files were told is not told again.
put("$tmp/much.yaml", "ari: appraisal/1\nagency: b\nappraisal:\n  share: {points: 11, reason: a prize}\n");
put("$tmp/back.yaml", "ari: appraisal/1\nagency: b\nappraisal:\n  share: {accept: yes, reason: no prize}\n");
put("$tmp/period.yaml", "ari: appraisal/1\nagency: b\nperiod: 2025\nappraisal:\n  share: {accept: yes, reason: last year}\n");
($status, undef, $err) = ari('appraise', $db, 'much.yaml');
ok($status == 0 && $err =~ /W0552/, 'points above the maximum are told, and taken', $err);
# b: 11 + 10 + 10 + 10 = 41 of 40 = 102.5 %: what was given counts as it is, in the sums above as well.
is(totals(undef), 'a 24.51/40 61.28 2 final; b 41/40 102.5 1 final', '... as they are');
($status, undef, $err) = ari('appraise', $db, 'period.yaml');
ok($status == 1 && $err =~ /E0455\]: this is for 2025, but 2026 is being computed/ && $err !~ /W0552/, 'what is refused later is told alone', $err);
must('appraise', $db, 'back.yaml');

# What is accepted follows the figures that were replaced above it: 10 x 5/20 = 2.5.
put("$tmp/per.yaml", "ari: appraisal/1\nagency: a\nappraisal:\n  per: {accept: yes, reason: five are on the list}\n");
must('appraise', $db, 'per.yaml');
my $per = must('explain', $db, '--agency', 'a', '--criterion', 'per');
ok($per =~ m{got / people = 5 / 10.*Second appraisal: what the rule gives.*got / people = 5 / 20 = 0\.25}s, 'explain of what is accepted shows the arithmetic that counts', $per);
my $kept = must('explain', $db, '--agency', 'b', '--criterion', 'share');
# An excess that people gave is told and counts: share 12 of 10 and so on up to the total; a claim above its max does not stop the stage of claims.
put("$tmp/more.yaml", "ari: appraisal/1\nagency: b\nappraisal:\n  share: {points: 12, reason: more than asked}\n");
my ($more, undef, $told) = ari('appraise', $db, 'more.yaml');
ok($more == 0 && $told =~ /W0552/, 'points above the maximum are told', $told);
is(totals(undef), 'a 24.5/40 61.25 2 final; b 42/40 105 1 final', '... and count: 12 + 10 + 10 + 10 = 42 of 40');
ok(1 == (() = $kept =~ m{done / due = 15 / 30}g), '... once, where nothing else changed', $kept);
is(totals(undef), 'a 24.5/40 61.25 2 final; b 42/40 105 1 final', 'and it takes the place of the points given before');
done();
