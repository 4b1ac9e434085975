#!/usr/bin/perl
# What a round accepts, revision after revision: what takes the place of what, what is taken from whom, and that a round comes to what one command comes to
# that is given what remains. All figures are invented; the arithmetic is written out.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp start finish);

sub ari { my ($status, $text, $err) = finish(start($tmp, {}, $ari, @_, '--lang', 'en')); return ($status, $text, $err) }
sub must { my ($status, $text, $err) = ari(@_); ok($status == 0, "@_[0 .. ($#_ > 2 ? 2 : $#_)]", $err); return $text }
# Refused with these codes, in the order of their places, and nothing is accepted.
sub refused {
  my ($db, $codes, @words) = @_;
  my $before = must('log', $db, '--format', 'csv');
  my ($status, $text, $err) = ari(@words);
  is("$status: " . join(' ', $err =~ /^error\[(\w+)\]/mg), "1: $codes", "@words[0 .. 2] is refused");
  is(must('log', $db, '--format', 'csv'), $before, '... and the log is as it was');
  return $err;
}

# done and due, people: the agency's own; late: central; liked, rating: the survey's.
mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: revised
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
not_applicable: exclude
inputs: {people: count}
criteria:
  - id: work
    max: 10
    inputs: {done: count, due: count, late: {type: count, source: central}}
    score: {points: "if due = 0 then 0 else max * clamp((done - late) / due, 0, 1)"}
  - id: opinion
    max: 10
    inputs:
      liked: {type: survey, source: survey, options: {good: Tốt, poor: Kém}}
      rating: {type: percent, source: survey, from: 0, to: 100}
    score: {cases: [{when: rating > 50%, points: 10}, {points: 5}]}
  - id: calls
    max: 10
    inputs: {calls: count}
    score: {points: "if people = 0 then 0 else min(max, calls / people)"}
  - id: asked
    max: 10
    score: {survey: liked, options: {good: 100%, poor: 0}}
    inputs: {liked: {type: survey, source: survey, options: {good: Tốt, poor: Kém}}}
    empty: zero
YAML
put("$tmp/set/agencies.csv", "id,name,group\nx,Agency X,g\ny,Agency Y,g\nz,Agency Z,g\n");
my $set = slurp("$tmp/set/criteria.yaml") =~ s/^      liked: .*\n//mr;
put("$tmp/set/criteria.yaml", $set);
my $number = 0;
sub file { my ($text, $kind) = @_; my $path = "$tmp/" . ++$number . '.' . ($kind // 'csv'); put($path, $text); return $path }
# "x 12.5 final; …" of the round as it stands.
sub totals {
  my @rows = map { [split /,/, $_, -1] } (split /\n/, must('rank', @_, '--format', 'csv'));
  shift @rows;
  return join('; ', sort map { join ' ', grep { $_ ne '' } @$_[1, 3, 7] } @rows);
}

# ---- what takes the place of what ----

my $db = "$tmp/round.db";
must('round', 'open', $db, "$tmp/set", '--period', '2026');
must('submit', $db, file("agency,work.done,work.due,work.claimed,total.people,calls.calls\nx,8,10,9,10,50\ny,5,10,,10,20\n"));
# x: 10 x 8/10 = 8, but late is not there yet: pending; calls 50/10 = 5. y: calls 20/10 = 2.
is(totals($db), 'x 5 provisional; y 2 provisional; z absent', 'the first revision');
must('submit', $db, file("agency,work.late\nx,2\ny,1\n"));
# x: 10 x (8 - 2)/10 = 6 and 5; y: 10 x (5 - 1)/10 = 4 and 2. What the survey finds is pending still.
is(totals($db), 'x 11 provisional; y 6 provisional; z absent', "central figures stand beside the agencies' own");
must('submit', $db, file("ari: evidence/1\nagency: x\nevidence:\n  work: {done: 9, due: 10}\n", 'yaml'));
# x: 10 x (9 - 2)/10 = 7 and 5.
is(totals($db), 'x 12 provisional; y 6 provisional; z absent', 'a correction of one criterion leaves all others and the central figure');
is(join(" ", must("score", $db, "--format", "csv") =~ /^(x,work,.*)$/m), "x,work,1,scored,10,7,", '... and what was claimed of it is gone');
my $list = must('submissions', $db, '--format', 'csv');
is(join(' ', map { (split /,/)[2] } grep { /^x,/ } split /\n/, $list), '1 2 3', 'who handed in what is still listed');
my $err = refused($db, 'E0460', 'submit', $db, file("agency,work.done\nz,1\n"), file("agency,work.done\nz,2\n"));
must('submit', $db, file("agency,calls.calls,total.people\nz,5,1\n"));
is(totals($db), 'x 12 provisional; y 6 provisional; z 5 provisional', 'an agency that comes last');
my ($status, $text, $warning) = ari('submit', $db, file("ari: evidence/1\nagency: z\nevidence: {calls: {}, total: {}}\n", 'yaml'));
ok($status == 0 && $warning =~ /W0463.*W0463/s, 'nothing below a criterion is a warning', $warning);
is(totals($db), 'x 12 provisional; y 6 provisional; z absent', '... and takes back what was handed in');
$err = refused($db, 'E0659', 'submit', $db, file("id,name,group\nx,Agency X,g\ny,Agency Y,g\nw,Agency W,g\n"));
ok($err =~ /no agency "z"/, 'a list without somebody whose files were accepted is told where they name it', $err);
must('submit', $db, file("id,name,group\nx,Agency X,g\ny,Agency Y,g\nz,Agency Z,g\nw,Agency W,g\n"));
is(totals($db), 'w absent; x 12 provisional; y 6 provisional; z absent', 'the last list of agencies counts');

# ---- what is taken from whom ----

my $survey = "ari: survey/1\nset: revised\nagency: x\nsurvey:\n  opinion: {rating: 60}\n  asked: {liked: {good: 30, poor: 10}}\n";
my $survey_file = file($survey, 'yaml');
refused($db, 'E0654', 'submit', $db, $survey_file);
refused($db, 'E0540', 'submit', $db, file("agency,calls.calls,asked.liked:good,asked.liked:poor,opinion.rating\nx,50,30,10,60\ny,20,1,1,1\n"));
my ($early) = ari('survey', $db, $survey_file);
is($early, 1, 'no survey while the round is collecting');
must('round', 'set', $db, 'appraising');
$err = refused($db, 'E0541', 'submit', $db, file("agency,work.late,work.done,work.note\nx,1,9,why\n"));
ok($err =~ /ari appraise/ && $err =~ /collecting/, '... with what can be done', $err);
must('submit', $db, file("agency,work.late,work.done\nx,1,\n"));
# x: 10 x (9 - 1)/10 = 8 and 5.
is(totals($db), 'w absent; x 13 provisional; y 6 provisional; z absent', 'central figures are still taken, beside empty columns');
refused($db, 'E0542 E0542', 'survey', $db, file("agency,opinion.rating,work.done,work.late\nx,60,9,1\n"));
must('survey', $db, $survey_file);
# x: 8 + 10 + 5 + 10 x 30/40 = 30.5.
is(totals($db), 'w absent; x 30.5 final; y 6 provisional; z absent', 'results of the survey as YAML');
must('survey', $db, file("agency,opinion.rating,asked.liked:good,asked.liked:poor\ny,50,1,3\nx,40,,\n"));
# x: 5 for the opinion now; y: 4 + 5 + 2 + 2.5.
is(totals($db), 'w absent; x 25.5 final; y 13.5 final; z absent', '... and as a table: of x one criterion is replaced');

# What a new file contradicts stands in an older one.
my $both = "$tmp/both.db";
must('round', 'open', $both, "$tmp/set", '--period', '2026');
must('submit', $both, file("agency,work.not_applicable\nx,nothing to do\n"));
($status, $text, $warning) = ari('submit', $both, file("agency,work.late\nx,1\n"));
ok($status == 0 && $warning =~ /W0462/, 'a figure for what was declared not applicable before is told', $warning);
($status, $text, $warning) = ari('submit', $both, file("agency,calls.calls\nx,1\n"));
ok($status == 0 && $warning !~ /W0462/, '... once', $warning);

# ---- next year ----

must('appraise', $db, file("ari: appraisal/1\nagency: x\nappraisal:\n  work: {inputs: {done: 6}, reason: counted again}\n", 'yaml'));
must('round', 'set', $db, 'final');
my $next = "$tmp/next.db";
mkdir "$tmp/next";
put("$tmp/next/criteria.yaml", <<'YAML');
ari: criteria/1
id: revised
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
inputs: {people: count}
criteria:
  - id: work
    max: 10
    inputs: {done: count, due: count, late: {type: count, source: central}}
    score: {points: "clamp(done - previous(done), 0, max)"}
  - {id: opinion, max: 0, inputs: {rating: {type: percent, source: survey, from: 0, to: 100}}}
  - {id: calls, max: 0, inputs: {calls: count}}
  - {id: asked, max: 0, inputs: {liked: {type: survey, source: survey, options: {good: Tốt, poor: Kém}}}}
YAML
put("$tmp/next/agencies.csv", slurp("$tmp/set/agencies.csv") . "w,Agency W,g\n");
must('round', 'open', $next, "$tmp/next", '--period', '2027', '--previous', $db);
must('submit', $next, file("agency,work.done\nx,9\ny,9\n"));
# x: 9 - 6, what was settled; y: 9 - 5.
is(totals($next), 'w absent; x 3 final; y 4 final; z absent', "last year's round as it ended: revisions and what was settled");
is(join(' ', map { (split /,/)[2] } grep { /^x,/ } split /\n/, must('submissions', $next, '--format', 'csv')), '1', 'revisions are counted in their own round');
# Last year's figures were settled when the round was opened: nobody hands in others.
my $told = refused($next, 'E0661', 'submit', $next, file("agency,period,work.done\ny,2027,9\nx,2026,7\n"));
ok($told =~ /for 2026: .*of 2027 .*:3:3/s, 'at the first row of last year', $told);
refused($next, 'E0661', 'submit', $next, file("ari: evidence/1\nagency: x\nperiod: 2026\nevidence:\n  work: {done: 7}\n", 'yaml'));
must('verify', $_) for $db, $next;
# A round that was opened without them takes them with the evidence, and tells from whom.
my $own = "$tmp/own.db";
must('round', 'open', $own, "$tmp/next", '--period', '2027');
must('submit', $own, file("agency,period,work.done\nx,2027,9\nx,2026,7\ny,2026,5\n"));
is(totals($own), 'w absent; x 2 final; y absent; z absent', "last year's figures among the evidence: 9 - 7");
is(join(' ', map { join '/', map { $_ // q() } (split /,/)[0, 5] } grep { /^[xy],/ } split /\n/, must('submissions', $own, '--format', 'csv')), 'x/self previous y/ y/previous', '... and whose they are is shown');

# ---- a round against what remains of it ----

my @columns = map { my ($name, $unit) = @$_; {name => $name, unit => $unit} } (
  ['work.done', 1], ['work.due', 1], ['work.claimed', 1], ['work.late', 2], ['total.people', 3], ['calls.calls', 4], ['calls.note', 4]);
srand(20261123);
my ($replaced, @wrong) = (0);
for my $trial (1 .. 6) {
  my $round = "$tmp/trial$trial.db";
  my (@said, %last);
  must('round', 'open', $round, "$tmp/set", '--period', '2026');
  for my $revision (1 .. 4) {
    my @two = ('', '');
    for my $agency (qw(x y z)) {
      for my $c (@columns) {
        next if rand() < 0.6;
        my $value = 1 + int(rand(8));
        my ($criterion, $input) = split /\./, $c->{name};
        my $row = "$agency,$criterion,$input,$value\n";
        $two[rand() < 0.5] .= $row;
        push @said, [$revision, "$agency $c->{unit}", $row];
        $last{"$agency $c->{unit}"} = $revision;
      }
    }
    my @files = map { file("agency,criterion,input,value\n$_") } grep { $_ ne '' } @two;
    must('submit', $round, @files) if @files;
  }
  my $left = join '', map { $last{$_->[1]} == $_->[0] ? $_->[2] : do { $replaced++; '' } } @said;
  my $all = must('score', "$tmp/set", file("agency,criterion,input,value\n$left"), '--period', '2026', '--format', 'csv');
  push @wrong, "round $trial" unless $all eq must('score', $round, '--format', 'csv');
}
ok(!@wrong && $replaced > 50, "six rounds come to what remains of them, with $replaced values replaced", @wrong);
done();
