#!/usr/bin/perl
# Processes that submit, appraise, answer, open rounds and take them from state to state are killed (SIGKILL) at random moments, every other time within a step of writing. After each kill: what was
# acknowledged (exit status 0) is there, nothing is half there, and the file is whole by SQLite's own check and by `ari verify`. ARI_KILLS says how many kills, ARI_SEED repeats a run.
# All figures are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Digest::SHA qw(sha256_hex);
use Time::HiRes qw(sleep time);
use Harness qw($ari $out $tmp ok is done slurp put program start finish);

my $sqlite = program('sqlite3') or do { print "1..0 # SKIP sqlite3 is not installed\n"; exit };
my $kills = $ENV{ARI_KILLS} || 20;
my $seed = $ENV{ARI_SEED} || $$ ^ time;
srand $seed;
print "# ARI_SEED=$seed ARI_KILLS=$kills\n";
my $db = "$tmp/round.db";
my $shim = "$out/shims/killwrite.so";
-e $shim or do { print "Bail out! $shim is missing: run through make\n"; exit 1 };

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: crash
title: Trial set
period: year
rounding: {leaf: 2}
criteria:
  - {id: own, title: Own, max: 10, inputs: {done: count, due: count}, score: {share: done / due}, empty: zero}
  - {id: judged, title: Judged, max: 10, score: {judged: [0, 5, 10]}}
  - {id: central, title: Central, max: 10, inputs: {p: {type: percent, source: central}}, score: {share: p}}
  - {id: asked, title: Asked, max: 10, inputs: {good: {type: percent, source: survey}}, score: {share: good}}
YAML
put("$tmp/set/agencies.csv", "id,name,group\n" . join('', map { "a$_,Agency $_,g\n" } 1 .. 40));

# The seconds that a command takes.
my $takes = time;
finish(start($tmp, {}, $ari, 'round', 'open', 'other.db', 'set', '--period', '2020'));
$takes = time - $takes;

sub sql { my ($query) = @_; my ($status, $said, $err) = finish(start($tmp, {}, $sqlite, '-batch', '-init', '/dev/null', $db, $query)); return $status eq 0 ? $said : "sqlite3: $err" }

# ---- what the processes do ----

my ($serial, $round) = (0, 0);
# Two files of one revision, by a name that no other revision has: both are accepted or neither.
sub two_files {
  my ($end, $text) = @_;
  my $n = ++$serial;
  my @names = map { "in/$n$_.$end" } qw(a b);
  put("$tmp/$names[$_]", $text->($_ + 1 + 2 * int rand 20)) for 0, 1;
  return @names;
}
sub table { my ($head, $row) = @_; return two_files('csv', sub { my ($i) = @_; return "agency,$head\na$i," . $row->() . "\n" }) }
my %work = (
  submit => sub { return ('submit', $db, table('own.done,own.due', sub { my $due = 1 + int rand 99; return int(rand($due + 1)) . ",$due" })) },
  central => sub { return ('submit', $db, table('central.p', sub { return int(rand 101) . '%' })) },
  survey => sub { return ('survey', $db, table('asked.good', sub { return int(rand 101) . '%' })) },
  appraise => sub { return ('appraise', $db, two_files('yaml', sub { return "ari: appraisal/1\nagency: a$_[0]\nappraisal:\n  judged: {points: " . 5 * int(rand 3) . ", reason: seen}\n" })) },
  answer => sub { return ('answer', $db, two_files('yaml', sub { return "ari: explanation/1\nagency: a$_[0]\nexplanation:\n  judged: {text: new papers $serial}\n" })) },
);
my %states = (
  collecting => [qw(submit submit central)], appraising => [qw(appraise survey central)], explaining => [qw(answer answer)], reappraising => [qw(appraise survey)],
  final => [], published => [],
);
my %next = (collecting => ['appraising'], appraising => ['explaining', 'final'], explaining => ['reappraising'], reappraising => ['final'], final => ['published']);

# The commands of one moment: what the state takes, and often a step on; after the last state another round.
sub commands {
  my ($state) = @_;
  return ['round', 'open', $db, 'set', '--period', 2020 + ++$round] if $state eq '' || $state eq 'published';
  my @on = @{$next{$state}};
  my @all = map { [$work{$_}->()] } @{$states{$state}};
  push @all, ['round', 'set', $db, $on[rand @on]] if !@all || rand() < 0.4;
  return rand() < 0.5 ? @all : reverse @all;
}

# ---- one moment and its check ----

sub log_hashes { return sql('SELECT hash FROM log ORDER BY seq') }
# '': there is no round yet.
sub state_now {
  my $said = $round && -s $db ? sql("SELECT state FROM round WHERE id = '" . (2020 + $round) . "'") : '';
  return $said =~ /^(\w+)$/m && $said !~ /^sqlite3:/ ? $1 : '';
}

# A journal whose change must be taken back: its first byte is written when it is whole.
sub is_hot { return slurp("$db-journal") =~ /^[^\0]/ ? 1 : 0 }

# Starts them all and kills the first, or all: at a random moment, or within a random step of writing. Gives whether a change was left half done, and each command with its status.
sub strike {
  my ($in_writing, $all, @commands) = @_;
  my @env = map { $in_writing && ($all || $_ == 0) ? {LD_PRELOAD => $shim, KILL_WRITE => 1 + int rand 40} : {} } 0 .. $#commands;
  my @running = map { start($tmp, $env[$_], $ari, words_of($commands[$_])) } 0 .. $#commands;
  if (!$in_writing) {
    sleep rand 1.2 * $takes;
    kill 'KILL', $_->[0] for $all ? @running : $running[0];
  }
  my @ended = map { [$commands[$_], finish($running[$_])] } 0 .. $#running;
  return (is_hot(), @ended);
}
sub words_of { my ($command) = @_; return (@$command, $command->[1] eq 'open' ? () : ('--round', 2020 + $round), '--lang', 'en') }

# What each command's status says must be so.
sub wrong_with {
  my ($command, $status, $said, $err) = @_;
  my ($verb, @words) = @$command;
  return "@$command: status $status\n$err" unless $status eq 0 || $status eq 'signal 9' || ($status eq 1 && $err =~ /error\[E0(541|649|650|651|647)\]/) || ($status eq 3 && $err =~ /failure\[F0602\]/);
  if ($verb eq 'round') {
    return '' if $status ne 0;
    my $id = 2020 + $round;
    my $n = $words[0] eq 'open' ? sql("SELECT count(*) FROM round WHERE id = '$id'") : sql("SELECT count(*) FROM log WHERE action = 'state' AND round = '$id' AND detail LIKE '% $words[2]'");
    return $n =~ /^[1-9]/ ? '' : "@$command was acknowledged and is not there: $n";
  }
  my @names = @words[1, 2];
  my @rows = split /\n/, sql("SELECT name || ' ' || sha256 || ' ' || revision FROM file WHERE name IN ('$names[0]', '$names[1]') ORDER BY id");
  my @want = map { "$_ " . sha256_hex(slurp("$tmp/$_")) } @names;
  my $there = @rows == 2 && !(grep { index($rows[$_], "$want[$_] ") } 0, 1) && (split ' ', $rows[0])[2] == (split ' ', $rows[1])[2];
  return "@$command: half there: @rows" if @rows && !$there;
  return "@$command was acknowledged and is not there" if $status eq 0 && !$there;
  return "@$command was refused and is there" if $status =~ /^[13]$/ && @rows;
  return '';
}

sub wrong_with_file {
  my ($before) = @_;
  return () unless -e $db;
  my @wrong;
  my ($status, $said, $err) = finish(start($tmp, {}, $ari, 'verify', $db, '--lang', 'en'));   # the first to read: takes back what was broken off
  my $empty = $before eq '' && $status ne 0;   # killed while the file was made: a file without a round
  push @wrong, "verify: $status\n$said$err" unless $status eq 0 || ($empty && $err =~ /F0607/);
  push @wrong, 'a change broken off was not taken back' if is_hot() && !$empty;
  my $whole = sql('PRAGMA integrity_check');
  push @wrong, "integrity_check: $whole" unless $whole eq "ok\n";
  return @wrong if $empty;
  my $after = log_hashes();
  push @wrong, "the log has lost what it had\nbefore:\n$before\nafter:\n$after" if index($after, $before) != 0;
  my $gaps = sql('SELECT round, count(DISTINCT revision), max(revision) FROM file GROUP BY round HAVING count(DISTINCT revision) <> max(revision) + 1 OR min(revision) <> 0');
  push @wrong, "revisions are not numbered in order: $gaps" if $gaps ne '';
  return @wrong;
}

mkdir "$tmp/in";
my ($killed, $hot, $moments, $acknowledged, $refused) = (0, 0, 0, 0, 0);
my @wrong;
my $until = time + 30 + 3 * $kills;
while ($killed < $kills && time < $until && !@wrong) {
  my $before = -e $db ? log_hashes() : '';
  $before = '' if $before =~ /^sqlite3:/;
  my ($left, @ended) = strike($moments++ % 2, rand() < 0.5, commands(state_now()));
  $hot += $left;
  push @wrong, wrong_with_file($before);
  for my $end (@ended) {
    my ($command, $status, @said) = @$end;
    $killed++ if $status eq 'signal 9';
    $acknowledged++ if $status eq 0;
    $refused++ if $status =~ /^[13]$/;
    my $why = wrong_with($command, $status, @said);
    push @wrong, $why if $why;
  }
  # A round whose opening was killed before it was there is opened again.
  $round-- if $round && state_now() eq '';
}
print "# $killed kills in $moments moments, a change was left half done in $hot; $acknowledged acknowledged, $refused refused\n";
ok(!@wrong, 'what was acknowledged is there, nothing is half there', "ARI_SEED=$seed", map { split /\n/ } @wrong);
ok($killed >= $kills, "$kills processes were killed within the time", "only $killed");
ok($acknowledged > 0, 'others ended as they should');
my ($status, $said, $err) = finish(start($tmp, {}, $ari, 'verify', $db, '--lang', 'en'));
ok($status eq 0, 'at the end the file is verified once more', $said, $err);
done();
