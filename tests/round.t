#!/usr/bin/perl
# The year's round in one database: its states and what each takes, revisions that land whole or not at all, documents, deadlines, several rounds, earlier versions of the
# database, and files that cannot be written. Figures are invented; their arithmetic stands beside them.
use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use Time::Local qw(timegm);
use lib dirname(abs_path($0));
use Harness qw($top $ari $tmp ok is done slurp put program start finish shell);

my $sqlite = program('sqlite3') or do { print "Bail out! sqlite3 is missing\n"; exit 1 };

sub run { return finish(start($tmp, {}, $ari, @_)) }
sub en { return run(@_, '--lang', 'en') }
sub sql {
  my ($base, @words) = @_;
  my ($status, $said, $e) = finish(start($tmp, {}, $sqlite, '-batch', "$tmp/$base", @words));
  return $status eq 0 ? $said : "sqlite3: $status $e";
}
sub holds {
  my ($base, $name) = @_;
  my ($status, $said, $e) = en('verify', $base);
  return ok($status eq 0 && $said =~ /^All holds/ && $e eq '', $name, $said, $e);
}
# A command that is refused with these codes, in both languages, and leaves the database as it was, byte for byte.
sub refused {
  my ($name, $want, $codes, $base, @words) = @_;
  my $before = slurp("$tmp/$base");
  for my $lang ('vi', 'en') {
    my ($status, $said, $e) = run(@words, '--lang', $lang);
    my $told = join ' ', $e =~ /\[([EFW]\d{4})\]/g;
    ok($status eq $want && $told eq $codes && $said eq '', "$name, in $lang", "status $status, told $told", $said, $e);
  }
  return ok(slurp("$tmp/$base") eq $before && !-e "$tmp/$base-journal", "$name: the file is as it was");
}

# ---- a set with figures of all three origins and a leaf that is judged ----

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'END');
ari: criteria/1
id: office
title: {vi: Bộ tiêu chí văn phòng, en: Office}
period: year
max: 40
rounding: {leaf: 2}
criteria:
  - id: files
    max: 10
    inputs: {done: count, all: count}
    score: {share: done / all}
    empty: zero
  - id: budget
    max: 10
    inputs: {spent: {type: money, source: central}, given: {type: money, source: central}}
    score: {share: spent / given}
    empty: zero
  - id: trust
    max: 10
    inputs: {yes: {type: count, source: survey}, asked: {type: count, source: survey}}
    score: {share: yes / asked}
    empty: zero
  - id: style
    max: 10
    score: {judged: [0, 5, 10]}
END
put("$tmp/set/agencies.csv", "id,name,group\na1,Sở Một,g\na2,Sở Hai,g\n");
sub evidence {
  my ($agency, $done, $all, $more) = @_;
  return "ari: evidence/1\nset: office\nagency: $agency\nperiod: 2026\nevidence:\n  files: {done: $done, all: $all, claimed: 9}\n" . ($more // '');
}
put("$tmp/a1.yaml", evidence('a1', 8, 10));
put("$tmp/a2.yaml", evidence('a2', 5, 10));
put("$tmp/central.csv", "agency,budget.spent,budget.given\na1,90,100\na2,70,100\n");
put("$tmp/survey.csv", "agency,trust.yes,trust.asked\na1,60,100\na2,40,80\n");
put("$tmp/appraisal.csv", "agency,criterion,decision,input,value,reason,by\na1,files,inputs,done,7,một hồ sơ trễ,Tổ 1\na1,style,points,,10,rõ ràng,Tổ 1\na2,style,points,,5,chưa rõ,Tổ 1\n");
put("$tmp/answer.yaml", "ari: explanation/1\nset: office\nagency: a1\nperiod: 2026\nexplanation:\n  files: {text: hồ sơ nộp đúng ngày}\n");
put("$tmp/second.csv", "agency,criterion,decision,input,value,reason,by\na1,files,accept,,,giải trình đúng,Tổ 2\n");
my %file = (submit => 'a1.yaml', appraise => 'appraisal.csv', answer => 'answer.yaml', survey => 'survey.csv');

# ---- opening ----

my ($status, $said, $e) = en('round', 'open', 'r.db', 'set', '--period', '2026', '--deadline', '2026-09-30', '--by', 'Lan');
ok($status eq 0 && $e eq '' && $said =~ /^Round 2026 – collecting\n/ && $said =~ /Next: +ari round set r\.db appraising/ && $said =~ /0 of 2 agencies/, 'a round is opened', $said, $e);
is(sql('r.db', 'SELECT id, set_id, period, state, deadline FROM round'), "2026|office|2026|collecting|2026-09-30\n", 'and kept');
is(sql('r.db', 'SELECT seq, actor, action, round, detail FROM log'), "1|Lan|open|2026|office --period 2026 --deadline 2026-09-30\n"
  . "2|Lan|accept|2026|criteria 0 set/criteria.yaml\n3|Lan|accept|2026|agencies 0 set/agencies.csv\n", 'with who did what');
is(sql('r.db', 'PRAGMA user_version'), "2\n", 'in a database of the second version');
holds('r.db', 'an open round holds');
refused('a second round of the same id', 1, 'E0647', 'r.db', 'round', 'open', 'r.db', 'set', '--period', '2026');
refused('an id that is none', 2, 'E0656', 'r.db', 'round', 'open', 'r.db', 'set', '--period', '2026', '--round', 'a b');
refused('the id of a trial', 2, 'E0656', 'r.db', 'round', 'open', 'r.db', 'set', '--period', '2026', '--round', 'trial');
refused('a deadline that is no day', 2, 'E0814', 'r.db', 'round', 'open', 'r.db', 'set', '--period', '2026', '--deadline', '30/9');
for my $words (['--period', '2026-08'], []) {
  ($status, $said, $e) = en('round', 'open', 'none.db', 'set', @$words);
  ok($status eq (@$words ? 1 : 2) && $said eq '' && !-e "$tmp/none.db", 'a period that the set is not made for, or none: nothing is made (' . "@$words)", $e);
}
mkdir "$tmp/bad";
copy("$tmp/set/agencies.csv", "$tmp/bad/agencies.csv");
put("$tmp/bad/criteria.yaml", slurp("$tmp/set/criteria.yaml") =~ s/max: 40/max: 41/r);
($status, $said, $e) = en('round', 'open', 'none.db', 'bad', '--period', '2026');
ok($status eq 1 && $e =~ /\[E0203\]/ && !-e "$tmp/none.db", 'a set with an error: nothing is made', $e);
en('run', '--charts', 'none', 'set', 'a1.yaml', 'a2.yaml', '-o', 'trial');
copy("$tmp/trial/ari.db", "$tmp/trial.db");
refused('a trial', 1, 'E0648', 'trial.db', 'round', 'open', 'trial.db', 'set', '--period', '2026');
($status, $said, $e) = en('run', '--charts', 'none', 'set', 'a1.yaml', '-o', 'trial2');
copy("$tmp/r.db", "$tmp/trial2/ari.db");
($status, $said, $e) = en('run', '--charts', 'none', 'set', 'a1.yaml', '-o', 'trial2');
ok($status eq 3 && $e =~ /F0710/ && slurp("$tmp/trial2/ari.db") eq slurp("$tmp/r.db"), 'a round is never overwritten by a trial', $e);

# ---- handing in ----

($status, $said, $e) = en('submit', 'r.db', 'a1.yaml', '--by', 'An');
my $hash = sha256_hex(slurp("$tmp/a1.yaml"));
my ($print) = $said =~ /^  fingerprint of a1: ([0-9a-f]{64})$/m;   # what it is of: tests/documents.t
is("$status $said$e", "0 Accepted as revision 1 of round 2026 – collecting\n  evidence  a1.yaml  (agencies: 1)  SHA-256 $hash\n  fingerprint of a1: $print\n", 'evidence is handed in');
is(sql('r.db', 'SELECT kind, name, sha256, revision, turn FROM file WHERE revision > 0'), "evidence|a1.yaml|$hash|1|0\n", 'and kept with its revision');
is(sql('r.db', 'SELECT actor, action, file, detail FROM log WHERE seq = 4'), "An|accept|$hash|evidence 1 a1.yaml\n", 'and its entry');
mkdir "$tmp/in";
put("$tmp/in/a1.yaml", evidence('a1', 9, 10));
put("$tmp/in/a2.yaml", evidence('a2', 11, 10));
refused('a share above 1 in one of two files', 1, 'E0501', 'r.db', 'submit', 'r.db', 'in');
put("$tmp/twice.yaml", evidence('a2', 1, 10));
refused('the same twice in one revision', 1, 'E0460 E0460 E0460', 'r.db', 'submit', 'r.db', 'a2.yaml', 'twice.yaml');
refused('a file that is not there', 3, 'F0002', 'r.db', 'submit', 'r.db', 'none.yaml');
put("$tmp/in/a2.yaml", evidence('a2', 4, 10));
($status, $said, $e) = en('submit', 'r.db', 'in');
ok($status eq 0 && $e eq '' && $said =~ /^Accepted as revision 2 .*\n  evidence  in\/a1\.yaml .*\n  evidence  in\/a2\.yaml /, 'a folder is one revision', $said, $e);
($status, $said, $e) = en('score', 'r.db', '--format', 'csv');
my %points = map { my @c = split /,/; ("$c[0] $c[1]", $c[5]) } split /\n/, $said;
# 10 * 9/10 = 9 and 10 * 4/10 = 4
ok($points{'a1 files'} eq '9' && $points{'a2 files'} eq '4', 'a later revision takes the place of an earlier one', $said);
my (undef, $from_files) = en('rank', 'set', 'in', '--format', 'csv');
my (undef, $from_base) = en('rank', 'r.db', '--format', 'csv');
is($from_base, $from_files, 'the ranking of an open round is that of its files');
is(sql('r.db', 'SELECT count(*) FROM result'), "0\n", 'and none is kept');
my @csv = split /\n/, (en('submissions', 'r.db', '--format', 'csv'))[1];
is(join("\n", map { (split /,/)[0, 2, 4, 5, 6] } @csv), join("\n", map { split / /, $_, -1 } 'agency revision kind origins file', 'a1 1 evidence self a1.yaml',
  'a1 2 evidence self in/a1.yaml', 'a2 2 evidence self in/a2.yaml'), 'who has handed in what, with what was replaced');
($status, $said, $e) = en('round', 'open', 'one.db', 'set', '--period', '2026');
($status, $said, $e) = en('submit', 'one.db', 'central.csv');
($status, $said, $e) = en('submissions', 'one.db', '--format', 'csv');
ok($said =~ /^a1,Sở Một,{12}\na1,Sở Một,1,,evidence,central,central\.csv,/m, 'an agency of which only others have handed in figures has handed in nothing', $said);
($status, $said, $e) = run('submissions', 'one.db');
ok($said =~ /Đã nộp hồ sơ: 0\/2/ && $said =~ /chưa nộp/, 'and is shown so', $said);
my @table = split /\n/, (en('submissions', 'r.db'))[1];
my ($heads) = grep { $table[$_] =~ /^ *Id +Agency/ } 0 .. $#table;
ok($table[$heads + 1] =~ /^ *a1 .* a1\.yaml *\z/ && $table[$heads + 2] =~ /^ *a1 .* in\/a1\.yaml *\z/, 'each row of the table is one', @table);
holds('r.db', 'a round with two revisions holds');
for my $case ([submit => 'appraisal.csv'], [submit => 'answer.yaml'], [submit => 'set/criteria.yaml']) {
  refused("$case->[0] $case->[1]", 1, 'E0654', 'r.db', $case->[0], 'r.db', $case->[1]);
}

# ---- a new list of agencies ----

put("$tmp/list.csv", "id,name,group\na1,Sở Một,g\na2,Sở Hai,g\na3,Sở Ba,g\n");
put("$tmp/less.csv", "id,name,group\na1,Sở Một,g\n");
copy("$tmp/r.db", "$tmp/list.db");
refused('two lists', 1, 'E0655', 'list.db', 'submit', 'list.db', 'list.csv', 'less.csv');
refused('a list without an agency that has handed in', 1, 'E0659', 'list.db', 'submit', 'list.db', 'less.csv');
($status, $said, $e) = en('submit', 'list.db', 'list.csv');
($status, $said, $e) = en('rank', 'list.db', '--format', 'csv');
is(scalar(() = $said =~ /^[^\n]*,a[123],/mg), 3, 'a new list takes the place of the first');
holds('list.db', 'and the round holds');

# ---- the states: what each takes, and where it goes on to ----

my %takes = (collecting => 'submit', appraising => 'submit appraise survey', explaining => 'answer', reappraising => 'appraise survey', final => '', published => '');
my %next = (collecting => 'appraising', appraising => 'explaining final collecting!', explaining => 'reappraising', reappraising => 'final', final => 'published reappraising!',
            published => '');   # ! asks for a reason
my @way = (['collecting'], ['appraising', 'appraise', 'appraisal.csv'], ['explaining', 'answer', 'answer.yaml'], ['reappraising', 'appraise', 'second.csv'], ['final'], ['published']);
copy("$tmp/r.db", "$tmp/w.db");
for my $step (@way) {
  my ($state, $verb, $name) = @$step;
  if ($state ne 'collecting') {
    ($status, $said, $e) = en('round', 'set', 'w.db', $state);
    ok($status eq 0 && $e eq '' && $said =~ /Head of the log.*: ([0-9a-f]{64})\n/ && sql('w.db', 'SELECT hash FROM log ORDER BY seq DESC LIMIT 1') eq "$1\n", "to $state", $said, $e);
    is(sql('w.db', "SELECT action, detail FROM log ORDER BY seq DESC LIMIT 2") =~ s/\n.*//sr, 'score|0.1.0', "$state: results are worked out");
    is(sql('w.db', 'SELECT count(*) FROM result'), "10\n", "$state: and kept");   # 2 agencies x (total + 4 leaves)
  }
  holds('w.db', "$state holds");
  ($status, $said, $e) = en('round', 'show', 'w.db');
  ok($status eq 0 && $said =~ /^Round 2026 – .*\b$state\b/, "$state is shown", $said, $e);
  for my $to (sort keys %next) {
    my ($how) = grep { s/!$//r eq $to } split / /, $next{$state};
    next if $how && $how !~ /!/;
    refused("$state to $to", 1, $how ? 'E0652' : $next{$state} ? 'E0651' : 'E0650', 'w.db', 'round', 'set', 'w.db', $to);
  }
  for my $what (sort keys %file) {
    next if grep { $_ eq $what } split / /, $takes{$state};
    refused("$state: $what", 1, 'E0649', 'w.db', $what, 'w.db', $file{$what});
  }
  if ($state eq 'appraising') {
    refused('a list of agencies while appraising', 1, 'E0657', 'w.db', 'submit', 'w.db', 'list.csv');
    copy("$tmp/w.db", "$tmp/own.db");
    ($status, $said, $e) = en('submit', 'own.db', 'a1.yaml');
    ok($status eq 1 && $said eq '' && slurp("$tmp/own.db") eq slurp("$tmp/w.db"), 'while appraising an agency hands nothing in any more', $e);
    for my $words (['submit', 'central.csv'], ['survey', 'survey.csv']) {
      ($status, $said, $e) = en($words->[0], 'w.db', $words->[1]);
      ok($status eq 0, "appraising takes $words->[1]", $said, $e);
    }
    is(sql('w.db', 'SELECT count(*) FROM result') . sql('w.db', 'SELECT count(*) FROM ranking'), "0\n0\n", 'what is accepted takes results away');
  }
  next unless $verb;
  ($status, $said, $e) = en($verb, 'w.db', $name, '--by', 'Tổ');
  ok($status eq 0 && $e eq '', "$state takes $name", $said, $e);
  holds('w.db', "$state holds with it");
}
is(sql('w.db', "SELECT kind, revision, turn FROM file WHERE kind NOT IN ('criteria', 'agencies')"), join('', map { "$_\n" }
  'evidence|1|0', 'evidence|2|0', 'evidence|2|0', 'evidence|3|0', 'survey|4|0', 'appraisal|5|1', 'explanation|6|0', 'appraisal|7|2'), 'revisions and turns');
refused('a state that is none', 1, 'E0653', 'r.db', 'round', 'set', 'r.db', 'closed');

# a1: 10 * 9/10 = 9, 10 * 90/100 = 9, 10 * 60/100 = 6, 10 of 10; computed: style pending. First appraisal: 7 of 10 files -> 7.
my %stage = (computed => '9 9 6 ', appraised1 => '7 9 6 10', appraised2 => '9 9 6 10', final => '9 9 6 10');
for my $stage (sort keys %stage) {
  ($status, $said, $e) = en('score', 'w.db', '--format', 'csv', '--stage', $stage);
  my %p = map { my @c = split /,/, $_, -1; ("$c[0] $c[1]", $c[5]) } split /\n/, $said;
  is(join(' ', map { $p{"a1 $_"} } qw(files budget trust style)), $stage{$stage}, "points at stage $stage");
}
is(sql('w.db', "SELECT points_e12 FROM result WHERE agency = 'a1' AND node = 'total'"), "34000000000000\n", 'published: 9 + 9 + 6 + 10');
{
  my (undef, $ranking) = en('rank', 'w.db', '--format', 'csv');
  my (undef, $files) = en('rank', 'set', 'in', 'central.csv', 'survey.csv', '--period', '2026', '--format', 'csv');
  ok($ranking =~ /^1,a1,g,34,40,85,,final$/m && $files =~ /a1,g,24,30,80,,provisional/, 'the round ranks with its appraisals, its evidence alone without', $ranking, $files);
}

# ---- back, with a reason that stays ----

copy("$tmp/r.db", "$tmp/b.db");
en('round', 'set', 'b.db', 'appraising');
($status, $said, $e) = en('round', 'set', 'b.db', 'collecting', '--reason', 'a2 nộp lại', '--by', 'Lan');
ok($status eq 0 && sql('b.db', "SELECT actor, detail, reason FROM log WHERE action = 'state' ORDER BY seq DESC LIMIT 1") eq "Lan|appraising collecting|a2 nộp lại\n", 'back, and why', $said, $e);
($status, $said, $e) = run('log', 'b.db', '--action', 'state');
ok($said =~ /appraising collecting +a2 nộp lại/ && $said =~ /chuyển bước \(state\)/, 'the log shows it', $said);
($status, $said, $e) = en('submit', 'b.db', 'a2.yaml');
ok($status eq 0, 'evidence is taken again', $e);
en('round', 'set', 'b.db', 'appraising');
en('round', 'set', 'b.db', 'final');
($status, $said, $e) = en('round', 'set', 'b.db', 'reappraising', '--reason', 'khiếu nại');
ok($status eq 0, 'from final back to the second appraisal', $e);
holds('b.db', 'a round that went back holds');

# ---- a worksheet of which little is filled in: its other rows say nothing of anybody ----

copy("$tmp/b.db", "$tmp/sheet.db");
put("$tmp/few.csv", "agency,criterion,decision,input,value,reason,by\na1,files,,,,,\na1,style,,,,,\na2,files,inputs,done,3,thiếu một hồ sơ,Tổ 2\n"
  . "a2,files,inputs,all,9,thiếu một hồ sơ,Tổ 2\na2,style,points,,5,chưa rõ,Tổ 2\n");
($status, $said, $e) = en('appraise', 'sheet.db', 'few.csv');
ok($status eq 0 && $said =~ /second appraisal +few\.csv +\(agencies: 1, decisions: 2\)/, 'the agencies and criteria that were decided are counted, not the rows', $said, $e);
($status, $said, $e) = en('submissions', 'sheet.db', '--format', 'csv');
ok($said !~ /^a1,.*few\.csv/m && $said =~ /^a2,.*few\.csv/m, 'whoever has an empty row was not appraised', $said);

# ---- decisions that settle nothing ----

mkdir "$tmp/proof";
put("$tmp/proof/agencies.csv", slurp("$tmp/set/agencies.csv") . "a3,Sở Ba,g\n");
put("$tmp/proof/criteria.yaml", slurp("$tmp/set/criteria.yaml") =~ s/(all\}\n    empty: zero\n)/$1    documents: 1\n    missing: zero\n/r);
put("$tmp/withheld.yaml", evidence('a2', 5, 10) . "  style: {withheld: chờ kết luận thanh tra}\n");
put("$tmp/accept.csv", "agency,criterion,decision,input,value,reason,by\n" . join('', map { "$_,,,đúng,Tổ 1\n" } 'a1,files,accept', 'a1,budget,accept', 'a1,style,accept', 'a2,style,accept', 'a3,files,accept'));
($status, $said, $e) = en(@$_) for ['round', 'open', 'open.db', 'proof', '--period', '2026'], ['submit', 'open.db', 'a1.yaml', 'withheld.yaml'], ['round', 'set', 'open.db', 'appraising'];
for my $lang ('en', 'vi') {
  copy("$tmp/open.db", "$tmp/n.db");
  ($status, $said, $e) = run('appraise', 'n.db', 'accept.csv', '--lang', $lang);
  my @told = $e =~ /\[([EFW]\d{4})\].*\n +--> accept\.csv:(\d+)/g;
  # of a1 a document, central figures, points; a2 is withheld; a3 has handed in nothing
  is("$status @told", '0 W0577 2 W0575 3 W0574 4 W0576 5 W0578 6', "each is told with what is still needed, in $lang");
}
put("$tmp/given.csv", "agency,criterion,decision,input,value,reason,by\na1,files,points,,8,đúng,Tổ 1\na1,style,points,,10,đúng,Tổ 1\na2,style,points,,0,đúng,Tổ 1\n");
($status, $said, $e) = en('appraise', 'open.db', 'given.csv');
is("$status $e", '0 ', 'points settle them');

# ---- the deadline ends at midnight ----

my $end = timegm(59, 59, 23, 30, 8, 2026);   # 2026-09-30T23:59:59Z
for my $case ([$end, 'no', 'in time'], [$end + 1, 'yes', 'late']) {
  my ($at, $late, $name) = @$case;
  copy("$tmp/r.db", "$tmp/late.db");
  ($status, $said, $e) = finish(start($tmp, {SOURCE_DATE_EPOCH => $at}, $ari, 'submit', 'late.db', 'a2.yaml', '--lang', 'en'));
  ok($status eq 0 && ($e =~ /^warning\[W0645\]: the deadline of round "2026" was 30 September 2026/ ? 'yes' : 'no') eq $late, "$name: " . ($late eq 'yes' ? 'marked' : 'not marked'), $e);
  my ($row) = grep { /a2\.yaml/ && /,3,/ } split /\n/, (en('submissions', 'late.db', '--format', 'csv'))[1];
  ok((split /,/, $row)[10] eq $late, "$name in the list", $row);
}
($status, $said, $e) = run('submissions', 'late.db');
ok($said =~ /muộn/, 'and in the table', $said);

# ---- documents ----

mkdir "$tmp/docs";
mkdir "$tmp/docs/kh";
put("$tmp/docs/kh/12.pdf", '%PDF invented');
put("$tmp/secret.pdf", 'outside');
symlink '../secret.pdf', "$tmp/docs/link.pdf";
symlink '..', "$tmp/docs/up";
mkdir "$tmp/docs/folder";
my @lost = ('none.pdf', 'link.pdf', 'up/secret.pdf', '../secret.pdf', "$tmp/secret.pdf", 'folder', 'kh//12.pdf', './kh/12.pdf');
put("$tmp/docs/a1.yaml", "ari: evidence/1\nset: office\nagency: a1\nperiod: 2026\nevidence:\n  files:\n    done: 8\n    all: 10\n    documents:\n"
  . join('', map { "      - {title: T, file: \"$_\"}\n" } 'kh/12.pdf', 'kh/12.pdf', @lost));
copy("$tmp/r.db", "$tmp/d.db");
($status, $said, $e) = en('submit', 'd.db', 'docs/a1.yaml');
my %why = ('none.pdf' => 'not found', 'link.pdf' => 'a link', 'up/secret.pdf' => 'a link', 'folder' => 'cannot be read');
my @warned = $e =~ /warning\[W0646\]: the document "([^"]*)" was not taken from "docs\/": (not found|not a path below the folder|a link|cannot be read)/g;
is("$status @warned", join(' ', 0, map { ($_, $why{$_} // 'not a path below the folder') } @lost), 'documents that are not below the folder are told, each at its place, and why');
ok($said =~ /documents: 9, missing: 8\)/, 'and counted', $said);
mkdir "$tmp/beside";
put("$tmp/beside/$_", 'x') for '12.pdf', 'other.pdf';
put("$tmp/beside/a1.yaml", evidence('a1', 8, 10) . "  style:\n    documents: [{title: T, file: 12.pdf}]\n");
copy("$tmp/r.db", "$tmp/beside.db");
is(join(' ', (en('submit', 'beside.db', 'beside'))[2] =~ /\[(W\d{4})\]: "([^"]*)"/g), 'W0408 beside/other.pdf', 'a document that stands beside the evidence is no file that is not read');
is(sql('d.db', 'SELECT name, sha256 FROM document WHERE sha256 IS NOT NULL'), 'kh/12.pdf|' . sha256_hex('%PDF invented') . "\n", 'the one that is there is hashed, once');
is(sql('d.db', "SELECT file, detail FROM log WHERE action = 'document' LIMIT 2"), sha256_hex('%PDF invented') . "|3 docs/a1.yaml: kh/12.pdf\n|3 docs/a1.yaml: none.pdf\n", 'all stand in the log');
holds('d.db', 'a round with documents holds');
($status, $said, $e) = run('submit', 'd.db', 'docs/a1.yaml');
ok($e =~ /cảnh báo\[W0646\]: không lấy được tài liệu "none\.pdf" trong "docs\/": không thấy tệp\n +--> docs\/a1\.yaml:12:26/, 'in Vietnamese', $e);

# ---- several rounds in one database ----

copy("$tmp/r.db", "$tmp/two.db");
($status, $said, $e) = en('round', 'open', 'two.db', 'set', '--period', '2027');
ok($status eq 0 && sql('two.db', 'SELECT id FROM round ORDER BY id') eq "2026\n2027\n", 'a database takes a second round', $e);
refused('a round that is not named', 1, 'E0611', 'two.db', 'submit', 'two.db', 'a1.yaml');
refused('a round that is not there', 1, 'E0610', 'two.db', 'submit', 'two.db', 'a1.yaml', '--round', '2028');
put("$tmp/next.yaml", evidence('a1', 1, 10) =~ s/2026/2027/r);
($status, $said, $e) = en('submit', 'two.db', 'next.yaml', '--round', '2027');
ok($status eq 0 && $said =~ /revision 1 of round 2027/, 'revisions are counted in each round', $said, $e);
($status, $said, $e) = en('submit', 'two.db', 'a1.yaml', '--round', '2027');
ok($status eq 1, 'evidence of another period is refused', $e);
my (undef, $then) = en('rank', 'r.db', '--format', 'csv');
my (undef, $still) = en('rank', 'two.db', '--round', '2026', '--format', 'csv');
is($still, $then, 'the first round is what it was');
holds('two.db', 'both hold');

# ---- figures that must be there: asked of whoever hands in, and of all before the round is final ----

mkdir "$tmp/must";
copy("$tmp/set/agencies.csv", "$tmp/must/agencies.csv");
put("$tmp/must/criteria.yaml", slurp("$tmp/set/criteria.yaml") =~ s/(score: \{share: done \/ all\}\n    empty: zero\n)/$1    missing: error\n/r);
en('round', 'open', 'must.db', 'must', '--period', '2026');
put("$tmp/part.yaml", evidence('a1', 8, 10) =~ s/, all: 10//r);
refused('an agency that leaves out what must be there', 1, 'E0506', 'must.db', 'submit', 'must.db', 'part.yaml');
refused('central figures and the survey together: the survey alone is told, and nobody is asked for figures of their own', 1, 'E0540', 'must.db', 'submit', 'must.db', 'central.csv', 'survey.csv');
for my $words (['submit', 'must.db', 'central.csv'], ['submit', 'must.db', 'a1.yaml'], ['round', 'set', 'must.db', 'appraising']) {
  ($status, $said, $e) = en(@$words);
  my $told = join ' ', $e =~ /\[([EFW]\d{4})\]/g;
  is("$status $told", $words->[0] eq 'round' ? '0 W0660' : '0 ', "figures of others, before all agencies have handed in: @$words");
}
refused('what comes too late is one message', 1, 'E0541', 'must.db', 'submit', 'must.db', 'part.yaml');
is(sql('must.db', 'SELECT count(*) FROM result'), "0\n", 'there are no results while an agency lacks what must be there');
holds('must.db', 'and the round holds');
refused('it cannot be final so', 1, 'E0506', 'must.db', 'round', 'set', 'must.db', 'final');
put("$tmp/settle.csv", "agency,criterion,decision,input,value,reason,by\na2,files,points,,0,không nộp hồ sơ,Tổ 1\na1,style,points,,10,rõ,Tổ 1\na2,style,points,,0,không nộp,Tổ 1\n");
for my $words (['appraise', 'must.db', 'settle.csv'], ['survey', 'must.db', 'survey.csv'], ['round', 'set', 'must.db', 'final']) {
  ($status, $said, $e) = en(@$words);
  ok($status eq 0 && $e eq '', "settled by appraisal: @$words", $said, $e);
}
is(sql('must.db', 'SELECT count(*) FROM ranking'), "2\n", 'then it is final');
holds('must.db', 'and holds');

# ---- verify: what no command does ----

my $triggers = sql('w.db', "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'");
my $drop = join ' ', map { "DROP TRIGGER $_;" } $triggers =~ /CREATE TRIGGER (\w+)/g;
sub found {
  my ($name, $from, $words, $codes, @options) = @_;
  copy("$tmp/$from", "$tmp/x.db");
  my $told = sql('x.db', "PRAGMA foreign_keys = OFF; $drop $words; $triggers");
  my ($s, $o, $err) = en('verify', 'x.db', @options);
  my $got = join ' ', $err =~ /^error\[([EFW]\d{4})\]/mg;
  ok($told eq '' && $s eq 1 && $got eq $codes, "found: $name", $told, "status $s", $o, $err);
}
my $gone = sql('w.db', 'SELECT max(seq) FROM log') + 0;
my ($head) = (en('verify', 'w.db'))[1] =~ /([0-9a-f]{64})/;
found('a state that was never set', 'w.db', "UPDATE round SET state = 'final'", 'E0633');
found('a state as if it had never left', 'b.db', "UPDATE round SET state = 'collecting', stated = NULL", 'E0633');
found('another deadline', 'w.db', "UPDATE round SET deadline = '2026-12-31'", 'E0633');
found('no deadline', 'w.db', 'UPDATE round SET deadline = NULL', 'E0633');
found('another revision', 'w.db', "UPDATE file SET revision = 9 WHERE kind = 'survey'", 'E0630');
found('another turn', 'w.db', "UPDATE file SET turn = 2 WHERE kind = 'appraisal' AND turn = 1", 'E0630');
found('a survey that is called evidence', 'w.db', "UPDATE file SET kind = 'evidence' WHERE kind = 'survey'", 'E0630');
found('an appraisal taken out', 'w.db', "DELETE FROM file WHERE kind = 'appraisal' AND turn = 2", 'E0632');
found('a changed byte of an appraisal', 'w.db', "UPDATE file SET bytes = CAST(replace(CAST(bytes AS TEXT), 'done,7', 'done,9') AS BLOB) WHERE kind = 'appraisal'", 'E0629');
found('a changed score', 'w.db', "UPDATE result SET points_e12 = points_e12 + 1 WHERE agency = 'a1' AND node = 'total'", 'E0637');
found('results taken away', 'w.db', 'DELETE FROM result; DELETE FROM ranking', join ' ', ('E0638') x 12);
found('the end of the log cut off', 'w.db', "DELETE FROM log WHERE seq > $gone - 2", 'E0631');
found('a state that names another entry', 'w.db', 'UPDATE round SET stated = stated - 2', 'E0633');
found('no entry of the state', 'w.db', 'UPDATE round SET stated = NULL', 'E0633');
found('an answer cut off with its entry', 'w.db', "DELETE FROM file WHERE kind = 'explanation'; UPDATE log SET action = 'score' WHERE action = 'accept' AND detail LIKE 'explanation%'", 'E0625');
found('another criteria set', 'w.db', "UPDATE file SET bytes = CAST(replace(CAST(bytes AS TEXT), 'leaf: 2', 'leaf: 1') AS BLOB) WHERE kind = 'criteria'", 'E0629');
found('files in another order', 'w.db', "UPDATE file SET id = 99 WHERE kind = 'survey'", 'E0630');
found('a dropped table', 'w.db', 'DROP TABLE ranking', 'E0620');
found('results of a round that was handed in to', 'd.db', "INSERT INTO result VALUES('2026', 'a1', 'total', 'final', 1, 1, NULL)", 'E0636');
found('the end of the log and the state with it', 'w.db', "DELETE FROM log WHERE seq > $gone - 2; UPDATE round SET state = 'final', stated = $gone - 3", 'E0639', '--head', $head);
found('a document taken out', 'd.db', "DELETE FROM document WHERE name = 'none.pdf'", 'E0632 E0632');
found('a document put in', 'd.db', "INSERT INTO document SELECT 99, file, name, sha256, entry + 900 FROM document WHERE id = 1", 'E0631');
found('a document that is said to have been there', 'd.db', "UPDATE document SET sha256 = '$hash' WHERE id = 2", 'E0658');
found('another hash of a document', 'd.db', "UPDATE document SET sha256 = '$hash' WHERE id = 1", 'E0658');
found('a document by another name', 'd.db', "UPDATE document SET name = 'kh/13.pdf' WHERE id = 1", 'E0658');
found('a document of another file', 'd.db', 'UPDATE document SET file = 1 WHERE id = 1', 'E0658');
($status, $said, $e) = en('backup', 'w.db', 'copy.db');
holds('copy.db', 'a backup of a round holds');

# ---- a database of the first version ----

my $v1 = <<'END';
CREATE TABLE log(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, round TEXT, file TEXT, reason TEXT, detail TEXT, prev TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE round(id TEXT PRIMARY KEY, set_id TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL, asked TEXT, keep_going INTEGER NOT NULL, engine TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES log(seq)) STRICT;
CREATE TABLE file(id INTEGER PRIMARY KEY, round TEXT NOT NULL REFERENCES round(id), sha256 TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, entry INTEGER NOT NULL REFERENCES log(seq)) STRICT;
CREATE TABLE result(round TEXT NOT NULL REFERENCES round(id), agency TEXT NOT NULL, node TEXT NOT NULL, state TEXT NOT NULL, points_e12 INTEGER, max_e12 INTEGER, claimed_e12 INTEGER) STRICT;
CREATE TABLE ranking(round TEXT NOT NULL REFERENCES round(id), agency TEXT NOT NULL, grp TEXT NOT NULL, rank INTEGER, points_e12 INTEGER, max_e12 INTEGER, index_e12 INTEGER, grade TEXT NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TRIGGER log_append BEFORE INSERT ON log WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log) BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_keep BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_stay BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER file_append BEFORE INSERT ON file WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM file) BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;
CREATE TRIGGER file_keep BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;
CREATE TRIGGER file_stay BEFORE DELETE ON file BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;
PRAGMA user_version = 1; PRAGMA application_id = 1095911729;
END
my $rows = "ATTACH 'trial.db' AS t; INSERT INTO log SELECT * FROM t.log; INSERT INTO round SELECT id, set_id, period, state, asked, keep_going, engine, entry FROM t.round;"
  . ' INSERT INTO file SELECT id, round, sha256, kind, name, bytes, entry FROM t.file; INSERT INTO result SELECT * FROM t.result; INSERT INTO ranking SELECT * FROM t.ranking;';
is(sql('v1.db', "$v1 $rows"), '', 'a database of the first version is made by hand');
{
  my $before = slurp("$tmp/v1.db");
  for my $words (['rank', '--format', 'csv'], ['score', '--format', 'json'], ['explain', '--agency', 'a1'], ['log', '--format', 'csv']) {
    my ($verb, @more) = @$words;
    is((en($verb, 'v1.db', @more))[1] =~ s/v1\.db/trial.db/gr, (en($verb, 'trial.db', @more))[1], "$verb reads it");
  }
  holds('v1.db', 'it holds');
  ok(slurp("$tmp/v1.db") eq $before, 'and is as it was');
  refused('a trial of the first version', 1, 'E0648', 'v1.db', 'round', 'open', 'v1.db', 'set', '--period', '2026');
  copy("$tmp/v1.db", "$tmp/old.db");   # a round of another name, so that something can be written
  sql('old.db', "PRAGMA foreign_keys = OFF; DROP TRIGGER file_keep; UPDATE round SET id = 'old', state = 'final'; UPDATE file SET round = 'old'; UPDATE result SET round = 'old';"
    . " UPDATE ranking SET round = 'old'; CREATE TRIGGER file_keep BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;");
  my @kept = map { "SELECT * FROM $_" } qw(result ranking);
  my $was = join "\n", map { sql('old.db', $_) } @kept, 'SELECT id, sha256, kind, hex(bytes) FROM file', 'SELECT * FROM log';
  ($status, $said, $e) = en('round', 'open', 'old.db', 'set', '--period', '2027');
}
# The words of the first version's schema are part of it: as the program wrote them.
{
  my $made = sql('trial.db', "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'document%' ORDER BY type <> 'table'");
  $made =~ s/, revision INTEGER NOT NULL DEFAULT 0, turn INTEGER NOT NULL DEFAULT 0//;
  $made =~ s/, deadline TEXT, stated INTEGER REFERENCES log\(seq\)//;
  is(sql('first.db', "$made PRAGMA user_version = 1; PRAGMA application_id = 1095911729; $rows"), '', 'the schema of the first version');
  holds('first.db', 'holds');
  sql('first.db', "PRAGMA foreign_keys = OFF; DROP TRIGGER file_keep; UPDATE round SET id = 'old', state = 'final'; UPDATE file SET round = 'old'; UPDATE result SET round = 'old';"
    . " UPDATE ranking SET round = 'old'; CREATE TRIGGER file_keep BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'accepted files stay'); END;");
  my @kept = ('SELECT * FROM result', 'SELECT * FROM ranking', "SELECT id, sha256, kind, hex(bytes) FROM file WHERE round = 'old'", "SELECT * FROM log WHERE round = 'trial'");
  my $was = join "\n", map { sql('first.db', $_) } @kept;
  ($status, $said, $e) = en('round', 'open', 'first.db', 'set', '--period', '2027');
  ok($status eq 0 && sql('first.db', 'PRAGMA user_version') eq "2\n", 'it is brought to the second version when something is written', $said, $e);
  is(join("\n", map { sql('first.db', $_) } @kept), $was, 'and keeps every figure');
}

# ---- files that cannot be written ----

copy("$tmp/r.db", "$tmp/n.db");
sql('n.db', 'PRAGMA user_version = 99');
refused('a newer version', 3, 'F0606', 'n.db', 'submit', 'n.db', 'a2.yaml');
copy("$tmp/r.db", "$tmp/n.db");
sql('n.db', 'PRAGMA application_id = 7');
refused('a database of another program', 3, 'F0607', 'n.db', 'submit', 'n.db', 'a2.yaml');
refused('... to open a round in', 3, 'F0607', 'n.db', 'round', 'open', 'n.db', 'set', '--period', '2027');
copy("$tmp/r.db", "$tmp/n.db");
truncate "$tmp/n.db", 5000;
refused('a truncated file', 3, 'F0601', 'n.db', 'submit', 'n.db', 'a2.yaml');
put("$tmp/n.db", "no database\n" x 100);
refused('no database', 3, 'F0601', 'n.db', 'round', 'open', 'n.db', 'set', '--period', '2027');
copy("$tmp/r.db", "$tmp/n.db");
sql('n.db', 'CREATE TRIGGER mine AFTER INSERT ON result BEGIN UPDATE result SET points_e12 = 0; END');
refused('a trigger of somebody else', 3, 'F0618', 'n.db', 'submit', 'n.db', 'a2.yaml');
symlink 'r.db', "$tmp/link.db";
refused('a link', 3, 'F0608', 'r.db', 'submit', 'link.db', 'a2.yaml');
{
  my $before = slurp("$tmp/r.db");
  put("$tmp/large.csv", "agency,files.done,files.all\n" . "\n" x 400_000 . "a2,1,10\n");
  for my $case (['r.db', 'submit', 'r.db', 'large.csv'], ['none.db', 'round', 'open', 'none.db', 'set', '--period', '2026']) {
    my ($base, @words) = @$case;
    ($status, $said, $e) = finish(start($tmp, {}, 'sh', '-c', 'ulimit -f ' . ($base eq 'r.db' ? 200 : 20) . '; exec "$@"', 'sh', $ari, @words, '--lang', 'en'));
    ok($status eq 3 && $e =~ /failure\[F0614\]: "$base" could not be written/ && $said eq '', "no room: $words[0]", "status $status", $said, $e);
  }
  ok(slurp("$tmp/r.db") eq $before && !-e "$tmp/r.db-journal", 'the file is as it was');
  ok(!-e "$tmp/none.db" && !-e "$tmp/none.db-journal", 'and of a new one nothing is left');
}
# Permissions mean nothing to root: then as somebody else, where that one may run the program at all.
my @nobody = $> ? () : ($^X, '-e', '$) = "65534 65534"; $( = 65534; $< = $> = 65534; exec { $ARGV[0] } @ARGV or exit 127');
if ((finish(start($tmp, {}, @nobody, $ari, '--version')))[0] eq 0) {
  my $where = "$tmp/ro";
  mkdir $where;
  copy("$tmp/w.db", "$where/w.db");
  copy("$tmp/r.db", "$where/r.db");
  chmod 0444, "$where/w.db", "$where/r.db";
  chmod 0644, "$tmp/a2.yaml";
  chmod 0555, $where;
  my $before = slurp("$where/r.db");
  for my $mode (0444, 0666) {
    chmod $mode, "$where/r.db";
    ($status, $said, $e) = finish(start($tmp, {}, @nobody, $ari, 'submit', 'ro/r.db', 'a2.yaml', '--lang', 'en'));
    ok($status eq 3 && $e =~ /failure\[F0617\]: "ro\/r\.db" may only be read/ && slurp("$where/r.db") eq $before, $mode == 0444 ? 'a file that may only be read' : 'a folder that may only be read', $e);
  }
  for my $words (['rank', 'ro/w.db'], ['explain', 'ro/w.db', '--agency', 'a1'], ['verify', 'ro/w.db'], ['submissions', 'ro/w.db'], ['round', 'show', 'ro/w.db'], ['stages', 'ro/w.db']) {
    ($status, $said, $e) = finish(start($tmp, {}, @nobody, $ari, @$words, '--lang', 'en'));
    ok($status eq 0 && length $said > 50, "@$words: a published round on read-only media", $e);
  }
} else {
  ok(1, 'read-only files # SKIP the program lies where nobody else may run it');
}

# ---- somebody else writes: waited for ----

{
  copy("$tmp/r.db", "$tmp/busy.db");
  my ($pid, $to) = shell("$tmp/busy.db", 'BEGIN IMMEDIATE;');
  my $call = start($tmp, {}, $ari, 'submit', 'busy.db', 'a2.yaml', '--lang', 'en');
  select undef, undef, undef, 0.5;
  close $to;
  waitpid $pid, 0;
  ($status, $said, $e) = finish($call);
  ok($status eq 0 && $said =~ /revision 3/, 'a writer waits for another', $said, $e);
}

# ---- the command line ----

for my $case ([['round'], 'round open, round set, round show'], [['round', 'opne', 'x'], "did you mean 'round open'"], [['round', 'set', 'r.db'], 'ari round set ari.db STATE'],
              [['submit', 'r.db'], 'ari submit ari.db EVIDENCE'], [['submit', 'r.db', 'a1.yaml', '--reason', 'x'], 'has no option --reason']) {
  ($status, $said, $e) = en(@{$case->[0]});
  ok($status eq 2 && index($e, $case->[1]) >= 0, "ari @{$case->[0]}", $e);
}
($status, $said, $e) = en('round', 'open', '--help');
ok($status eq 0 && $said =~ /^ari round open ari\.db SET/, 'help of a command of two words', $said);
# The log says who: a name of blanks is none.
{
  my ($status, undef, $err) = finish(start($tmp, {}, $ari, 'round', 'set', 'nowhere.db', 'appraising', '--by', '  ', '--lang', 'en'));
  ok($status == 2 && $err =~ /--by takes the name/, 'a blank name is refused', $err);
}
done();
