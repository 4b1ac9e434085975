#!/usr/bin/perl
# The main job's folder as the contract has it: which files, the same bytes as the commands print and on any number of jobs, each file whole
# and report.html last however the run is ended, a real round never overwritten, nothing written of evidence in error.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use JSON::PP qw(decode_json);
use Time::HiRes qw(time sleep);
use lib dirname(abs_path($0));
use Harness qw($top $out $ari $tmp ok is done slurp put program start finish);

my $shim = "$out/shims/killrename.so";
my ($sqlite, $gnuplot) = map { program($_) } qw(sqlite3 gnuplot);
print "Bail out! $shim or sqlite3 is missing\n" and exit 1 unless -e $shim && $sqlite;

sub run { return finish(start($top, {}, $ari, '--lang', 'en', @_)) }
sub sql { my ($base, $words) = @_; return (finish(start($top, {}, $sqlite, '-batch', $base, $words)))[1] }

# All that is below a folder, by name; folders with a '/' behind.
sub names_in {
  my ($folder, $prefix) = (@_, '');
  opendir(my $d, $folder) or return ();
  return map { -d "$folder/$_" && !-l "$folder/$_" ? ("$prefix$_/", names_in("$folder/$_", "$prefix$_/")) : "$prefix$_" } sort grep { !/^\.\.?$/ } readdir $d;
}
# A database counts by its rows: SQLite may put the same ones into other bytes.
sub content_of {
  my ($folder) = @_;
  return map { my $name = $_; $name =~ m{/$} ? () : ($name => $name eq 'ari.db' ? sql("$folder/$name", '.dump') : slurp("$folder/$name")) } names_in($folder);
}
sub bytes_of { my ($folder) = @_; return join "\0", map { m{/$} ? $_ : ($_, slurp("$folder/$_")) } names_in($folder) }

my $set = 'tests/data/small';
my $csv = "$set/evidence.csv";
my @plain = ('run', '--charts', 'none', $set, $csv);
my @files = sort qw(ari.db ranking.csv report.html results.json scores.csv);

# ---- which files ----

{
  my $folder = "$tmp/deep/er/results";
  my ($status, $said, $err) = run(@plain, '-o', $folder);
  ok($status eq 0 && $err eq '', 'a run into folders that are not there yet', $err);
  is(join(' ', names_in($folder)), join(' ', sort @files, 'charts/'), 'these files and no other');
  for my $pair (['ranking.csv', 'rank'], ['scores.csv', 'score']) {
    my ($name, $command) = @$pair;
    my (undef, $print) = run($command, '--format', 'csv', $set, $csv);
    is(slurp("$folder/$name"), $print, "$name: the bytes that ari $command prints");
  }
  ok(ref eval { decode_json(slurp("$folder/results.json")) } eq 'HASH', 'results.json is JSON', $@);
  ok(slurp("$folder/report.html") =~ /^<!DOCTYPE html>.*<\/html>\s*$/s, 'report.html is a whole page');
  ok($said =~ /^Report: \Q$folder\E\/report\.html$/m, 'and is named at the end', $said);
  ok(!(grep { ((stat "$folder/$_")[2] & 0777) != (0666 & ~umask) } @files), 'files have the mode that the umask leaves');
}
{
  my ($one, $eight) = ("$tmp/jobs1", "$tmp/jobs8");
  make_path("$tmp/many");
  for my $n (1 .. 2) {
    put("$tmp/many/a$n.yaml", "ari: evidence/1\nset: small\nagency: a$n\nperiod: 2026\nevidence:\n  plan: {timing: late}   # cut?\n  on_time: {on_time: $n, resolved: 7}\n");
  }
  put("$tmp/many/notes.txt", "not evidence\n");
  my @words = $gnuplot ? ('--charts', 'required') : ('--charts', 'none');
  my @a = run('run', '-j', 1, @words, $set, "$tmp/many", '-o', $one);
  my @b = run('run', '-j', 8, @words, $set, "$tmp/many", '-o', $eight);
  ok($a[0] eq 0 && $b[0] eq 0 && $a[2] eq $b[2] && $a[2] =~ /notes\.txt/, 'one job and eight say the same', $a[2], $b[2]);
  my (%one, %eight);
  %one = content_of($one);
  %eight = content_of($eight);
  is(join(' ', sort keys %eight), join(' ', sort keys %one), 'and write the same files');
  my @differ = grep { $one{$_} ne $eight{$_} || !length $one{$_} } sort keys %one;
  ok(!@differ, 'with the same bytes', @differ);
  ok(!$gnuplot || exists $one{'charts/ranking-department.svg'}, 'charts among them' . ($gnuplot ? '' : ' # SKIP there is no gnuplot'));
}

# ---- charts of an earlier run ----

{
  my $folder = "$tmp/stale";
  make_path("$folder/charts/radar-kept");
  put("$folder/charts/$_", 'old') for qw(ranking-gone.svg radar-a9.svg ranking.svg.bak notes.txt mine.svg);
  put("$folder/own.txt", 'old');
  my ($status, undef, $err) = run(@plain, '-o', "$folder/");
  ok($status eq 0, 'a run into a folder with other things', $err);
  is(join(' ', names_in("$folder/charts")), 'mine.svg notes.txt radar-kept/ ranking.svg.bak', 'charts that this run did not draw are gone, what is not ours stays');
  is(slurp("$folder/own.txt"), 'old', 'beside them too');
}
{
  make_path("$tmp/behind");
  symlink 'behind', "$tmp/link";
  my ($status, undef, $err) = run(@plain, '-o', "$tmp/link");
  ok($status eq 0 && -s "$tmp/behind/ari.db" && -s "$tmp/behind/report.html", 'a link to a folder is one', $err);
}

# ---- killed at any moment ----

my ($old, $new) = ("$tmp/old", "$tmp/new");
put("$tmp/later.csv", "agency,period,plan.timing,reports.sent,on_time.on_time,on_time.resolved,online.online,online.all\na1,2026,late,1,9,30,3,10\na3,2026,none,4,1,2,9,10\n");
my @later = ('--lang', 'en', 'run', '--charts', 'none', $set, "$tmp/later.csv");
run(@plain, '-o', $old);
my $started = time;
finish(start($top, {}, $ari, @later, '-o', $new));
my $usual = time - $started;
my (%old, %new);
%old = content_of($old);
%new = content_of($new);
ok(!(grep { $old{$_} eq $new{$_} } @files), 'two runs that differ in every file');

# After a kill every file is one of the two, and the report is new only where all others are. Gives how many are new.
sub look {
  my ($folder, $wrong, $when) = @_;
  my %now = content_of($folder);
  my @drafts = grep { m{^ari-\w{6}/$} } names_in($folder);
  my @broken = grep { !defined $now{$_} || ($now{$_} ne $old{$_} && $now{$_} ne $new{$_}) } @files;
  my @stale = grep { !defined $now{$_} || $now{$_} ne $new{$_} } @files;
  push @$wrong, "$when: not whole: @broken" if @broken;
  push @$wrong, "$when: the report is newer than @stale" if @stale && defined $now{'report.html'} && $now{'report.html'} eq $new{'report.html'};
  push @$wrong, "$when: more than one draft is left: @drafts" if @drafts > 1;
  return @files - @stale;
}
sub old_results { my ($folder) = @_; remove_tree($folder); system('cp', '-R', $old, $folder) == 0 or die }
{
  my ($folder, @wrong, %seen) = "$tmp/killed";
  my $at = 0;
  my $status = '';
  while ($at < 40) {
    old_results($folder);
    ($status) = finish(start($top, {LD_PRELOAD => $shim, KILL_AT => ++$at}, $ari, @later, '-o', $folder));
    last if $status eq 0;
    push @wrong, "rename $at: status $status" if $status ne 'signal 9';
    $seen{look($folder, \@wrong, "killed before rename $at")} = 1;
  }
  ok($status eq 0 && $at > 8 && !@wrong, "killed before each of " . ($at - 1) . " renames: old or new, whole, report.html last", @wrong);
  is(join(' ', sort keys %seen), '0 1 2 3 4', 'each file in its turn');
  my %now = content_of($folder);
  ok(!(grep { $now{$_} ne $new{$_} } @files), 'and then all is new');
}
{
  my ($folder, @wrong, $killed) = ("$tmp/killed", (), 0);
  @wrong = ();
  srand 20260831;
  for my $try (1 .. 12) {
    old_results($folder);
    my $call = start($top, {}, $ari, @later, '-o', $folder);
    sleep rand(1.3 * $usual);
    kill 'KILL', $call->[0];
    my ($status) = finish($call);
    $killed++ if $status eq 'signal 9';
    push @wrong, "try $try: status $status" if $status ne 'signal 9' && $status ne 0;
    look($folder, \@wrong, "try $try");
  }
  ok(!@wrong, "killed $killed times at some moment: the same", @wrong);
}

# ---- what is never overwritten ----

for my $case (['a real round', "UPDATE round SET state = 'collecting'", 'F0710'], ['a newer version', 'PRAGMA user_version = 99', 'F0606'],
              ['another program', 'PRAGMA application_id = 1', 'F0607']) {
  my ($name, $change, $code) = @$case;
  my $folder = "$tmp/kept";
  old_results($folder);
  sql("$folder/ari.db", $change);
  my $before = bytes_of($folder);
  my ($status, $said, $err) = finish(start($top, {}, $ari, @later, '-o', $folder));
  ok($status eq 3 && $said eq '' && $err =~ /^failure\[$code\]/ && bytes_of($folder) eq $before, "the database of $name: status 3, nothing is changed", $err);
}
{
  my $folder = "$tmp/kept";
  old_results($folder);
  my ($status, undef, $err) = finish(start($top, {}, $ari, @later, '-o', $folder));
  my %now = content_of($folder);
  ok($status eq 0 && $now{'ari.db'} eq $new{'ari.db'}, 'a trial is', $err);
}

# ---- errors in the evidence ----

put("$tmp/wrong.csv", "agency,period,plan.timing,reports.sent,on_time.on_time,on_time.resolved,online.online,online.all\n"
  . "a1,2026,on_time,4,21,30,8,10\na2,2026,late,2,31,30,5,10\na3,2026,late,hai,1,2,5,10\n");
for my $folder ("$tmp/absent", "$tmp/there") {
  old_results($folder) if $folder =~ /there/;
  my $before = bytes_of($folder);
  my ($status, $said, $err) = run('run', '--charts', 'none', $set, "$tmp/wrong.csv", '-o', $folder);
  my $where = $folder =~ /there/ ? 'what was there stays' : 'not even the folder';
  ok($status eq 1 && $said eq '' && $err =~ /^error\[/ && bytes_of($folder) eq $before && (-e $folder xor $folder =~ /absent/), "errors: nothing is written, $where", $err);
}
{
  my $folder = "$tmp/going";
  my ($status, undef, $err) = run('run', '--keep-going', '--charts', 'none', $set, "$tmp/wrong.csv", '-o', $folder);
  ok($status eq 1 && $err =~ /"a2"/ && $err =~ /hai/, '--keep-going: told, status 1', $err);
  is(slurp("$folder/ranking.csv"), "rank,agency,group,points,max,index,grade,state\n1,a1,department,17,20,85,good,final\n,a2,department,,,,,invalid\n,a3,commune,,,,,invalid\n",
     'those concerned are invalid and not ranked');
  my @rows = grep { /^a[23],/ } split /\n/, slurp("$folder/scores.csv");
  is(join("\n", @rows), "a2,total,0,invalid,,,\na3,total,0,invalid,,,", 'and have their total row alone');
  is(join(' ', names_in($folder)), join(' ', sort @files, 'charts/'), 'all files are there');
  my ($strict, undef, $e) = run('run', '--charts', 'none', '--strict', $set, "$tmp/many", '-o', "$tmp/strict");
  ok($strict eq 1 && !-e "$tmp/strict" && $e =~ /^warning/, '--strict: a warning writes nothing', $e);
}

# ---- where it cannot be written ----

{
  put("$tmp/file", 'mine');
  for my $folder ("$tmp/file", "$tmp/file/below") {
    my ($status, $said, $err) = run(@plain, '-o', $folder);
    ok($status eq 3 && $said eq '' && $err =~ /^failure\[F0008\]/ && slurp("$tmp/file") eq 'mine', 'a file where a folder should be', $err);
  }
  my $folder = "$tmp/file-in-it";
  old_results($folder);
  remove_tree("$folder/charts");
  put("$folder/charts", 'mine');
  my $before = bytes_of($folder);
  my ($status, $said, $err) = run(@plain, '-o', $folder);
  ok($status eq 3 && $said eq '' && bytes_of($folder) eq $before, 'a file where the charts should be: nothing is changed', $err);
}
# Permissions mean nothing to root: then as somebody else, where that one may run the program at all.
my @nobody = $> ? () : ($^X, '-e', '$) = "65534 65534"; $( = 65534; $< = $> = 65534; exec { $ARGV[0] } @ARGV or exit 127');
if ((finish(start($top, {}, @nobody, $ari, 'rank', $set, $csv)))[0] eq 0) {
  my $folder = "$tmp/shut";
  old_results($folder);
  chmod 0555, $folder;
  my $before = bytes_of($folder);
  my ($status, $said, $err) = finish(start($top, {}, @nobody, $ari, @later, '-o', $folder));
  ok($status eq 3 && $said eq '' && $err =~ /^failure\[F0004\]/ && bytes_of($folder) eq $before, 'a folder that may not be written: nothing is changed', $err);
  chmod 0755, $folder;
} else {
  ok(1, 'a folder that may not be written # SKIP the program lies where nobody else may run it');
}
# A limit on the size of files is as a full disk to each file in its turn.
{
  my $real = "$top/criteria/service-quality-766";
  my @large = ('run', '--lang', 'en', '--charts', 'none', '--period', '2026-08', $real, "$real/example/evidence-2026-08.csv");
  my ($folder, @wrong, %told) = "$tmp/full";
  for my $kib (0, 5, 100, 400, 600) {
    old_results($folder);
    my $before = bytes_of($folder);
    my $blocks = 2 * $kib;   # a pipe takes what is said: a file could not
    open(my $pipe, '-|', 'sh', '-c', "ulimit -f $blocks; exec \"\$@\" 2>&1", 'sh', $ari, @large, '-o', $folder) or die;
    my $err = join '', <$pipe>;
    close $pipe;
    my $status = $?;
    my ($code, $name) = $err =~ /^failure\[(F\d+)\]: "\Q$folder\E\/([\w.]+)"/m;
    $told{$name // '?'} = 1;
    push @wrong, "$kib KiB: status $status, $err" unless $status == 3 << 8 && defined $name && $code =~ /^F0(?:005|013|614)$/;
    push @wrong, "$kib KiB: something was changed: " . join(' ', names_in($folder)) if bytes_of($folder) ne $before;
  }
  my @told = sort keys %told;
  ok(!@wrong && "@told" eq 'ari.db report.html results.json', "no room for @told: status 3, what was there stays, nothing is left over", @wrong);
}
opendir(my $d, $tmp) or die;
my @left = grep { /^ari-/ } readdir $d;
ok(!@left, 'no private folder is left', @left);

done();
