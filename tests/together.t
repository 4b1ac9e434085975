#!/usr/bin/perl
# Four processes hand in central figures, a survey and appraisals to one round at once, while a fifth reads it and a step of the round comes in between: everything lands or is refused with a
# reason, nothing is lost, nobody waits for ever, revisions are numbered in order, and the round is the one that the same files give one after another. All figures are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use POSIX ();
use Time::HiRes qw(sleep time);
use Harness qw($ari $tmp ok is done slurp put program start finish);

my $sqlite = program('sqlite3') or do { print "1..0 # SKIP sqlite3 is not installed\n"; exit };
my $each = 12;        # commands of one process
my $all = $tmp;       # a process has its own folder of what was printed
my $db = "$all/round.db";

mkdir "$all/set";
put("$all/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: together
title: Trial set
period: year
rounding: {leaf: 2}
criteria:
  - {id: own, title: Own, max: 10, inputs: {done: count, due: count}, score: {share: done / due}, empty: zero}
  - {id: judged, title: Judged, max: 10, score: {judged: [0, 5, 10]}}
  - {id: central, title: Central, max: 10, inputs: {p: {type: percent, source: central}}, score: {share: p}}
  - {id: asked, title: Asked, max: 10, inputs: {good: {type: percent, source: survey}}, score: {share: good}}
YAML
my @agencies = map { "a$_" } 1 .. 5;
put("$all/set/agencies.csv", "id,name,group\n" . join('', map { "$_,Agency $_,g\n" } @agencies));
put("$all/own.csv", "agency,own.done,own.due\n" . join('', map { "$_,21,30\n" } @agencies));
sub run { return finish(start($all, {}, $ari, @_, '--lang', 'en')) }
sub must { my ($status, $said, $err) = run(@_); ok($status eq 0, "@_[0, 1]", $err); return $said }
sub sql { my ($query, $base) = @_; my ($status, $said, $err) = finish(start($all, {}, $sqlite, '-batch', '-init', '/dev/null', $base // $db, $query)); return $status eq 0 ? $said : "sqlite3: $err" }

must('round', 'open', $db, 'set', '--period', '2026');
must('submit', $db, 'own.csv');
must('round', 'set', $db, 'appraising');

# ---- at once ----

# The files of process $w, number $i: everybody writes about the same agencies, so that what comes later counts.
sub make_file {
  my ($w, $i) = @_;
  my $agency = $agencies[($w + $i) % @agencies];
  my $name = "$w-$i";
  if ($w == 1) { put("$all/$name.csv", "agency,central.p\n$agency,$i%\n"); return ('submit', "$name.csv") }
  if ($w == 2) { put("$all/$name.csv", "agency,asked.good\n$agency,$i%\n"); return ('survey', "$name.csv") }
  my $points = 5 * (($w + $i) % 3);
  put("$all/$name.yaml", "ari: appraisal/1\nagency: $agency\nappraisal:\n  judged: {points: $points, reason: seen by $w for the time $i}\n"
    . ($i % 4 ? '' : "  own: {inputs: {done: $i}, reason: counted by $w}\n"));
  return ('appraise', "$name.yaml");
}

# Runs $what->() in a process with its own place for what programs print, which ends without cleaning up what the others use.
sub beside {
  my ($name, $what) = @_;
  my $pid = fork // die "fork: $!";
  return $pid if $pid;
  mkdir "$all/$name";
  $tmp = "$all/$name";
  put("$all/$name.done", join "\0", $what->());
  POSIX::_exit(0);
}

# The first process takes the round a step on when three quarters of its files are in; what comes after is refused, appraisals and surveys until the second appraisal.
sub hand_in {
  my ($w) = @_;
  my @said;
  for my $i (1 .. $each) {
    run('round', 'set', $db, 'explaining') if $w == 1 && $i == 9;
    my ($verb, $file) = make_file($w, $i);
    my $began = time;
    my ($status, undef, $err) = run($verb, $db, $file);
    push @said, $file, $status, time - $began, $err;
  }
  return @said;
}
sub read_round {
  my @said;
  for (1 .. $each) {
    my ($status, undef, $err) = run('rank', $db, '--format', 'csv');
    push @said, 'rank', $status, 0, $err;
    sleep 0.02;
  }
  return @said;
}

my @pids = ((map { my $w = $_; beside("w$w", sub { hand_in($w) }) } 1 .. 4), beside('reader', \&read_round));
waitpid $_, 0 for @pids;
my (@landed, @refused, @wrong);
my $waited = 0;
for my $name (map({ "w$_" } 1 .. 4), 'reader') {
  my @said = split /\0/, slurp("$all/$name.done"), -1;
  push @wrong, "$name did not end" unless @said == 4 * $each;
  while (my ($file, $status, $seconds, $err) = splice @said, 0, 4) {
    $waited = $seconds if $seconds > $waited;
    if ($file eq 'rank') { push @wrong, "rank: status $status\n$err" if $status ne 0; next }
    if ($status eq 0) { push @landed, $file }
    elsif ($status eq 1 && $err =~ /error\[E0649\]/) { push @refused, $file }
    else { push @wrong, "$file: status $status\n$err" }
  }
}
print '# ', scalar @landed, ' landed, ', scalar @refused, sprintf(" refused, the longest took %.2f s\n", $waited);
ok(!@wrong, 'everything landed or was refused with a reason, and could be read meanwhile', map { split /\n/ } @wrong);
ok(@landed >= 8 && @refused >= 4, 'some landed, and after the step some were refused');
is(sql('SELECT name FROM file WHERE revision > 1 ORDER BY name'), join('', map { "$_\n" } sort @landed), 'what was acknowledged is there, what was refused is not');
is(sql('SELECT group_concat(revision) FROM (SELECT DISTINCT revision FROM file ORDER BY id)'), join(',', 0 .. @landed + 1) . "\n", 'revisions are numbered in the order they came, without a gap');
is(sql('PRAGMA integrity_check'), "ok\n", 'the file is whole');
must('verify', $db);

# ---- one after another ----

must('round', 'open', 'again.db', 'set', '--period', '2026');
must('submit', 'again.db', 'own.csv');
must('round', 'set', 'again.db', 'appraising');
my @again;
for my $name (split /\n/, sql('SELECT name FROM file WHERE revision > 1 ORDER BY revision')) {
  my ($status, undef, $err) = run($name =~ /^1/ ? 'submit' : $name =~ /^2/ ? 'survey' : 'appraise', 'again.db', $name);
  push @again, "$name: $status\n$err" if $status ne 0;
}
ok(!@again, 'the same files one after another', @again);
is(must('score', $db, '--format', 'csv'), must('score', 'again.db', '--format', 'csv'), 'give the same points');
done();
