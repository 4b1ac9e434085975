#!/usr/bin/perl
# What the machine can do to the program: each allocation fails in turn, the output takes no more, folders cannot be written. Always a clean error: no signal, no leak, nothing half
# there, status 3.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use POSIX ();
use Socket;

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my $ari = "$out/ari";
my $shim = "$out/shims/failalloc.so";
print "Bail out! $ari or $shim is missing\n" and exit 1 unless -x $ari && -e $shim;
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;

sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print "# $_\n" for $good ? () : @why; return $good }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return ''; local $/; my $text = <$f>; return defined $text ? $text : '' }

# Starts the program with an environment; with a socket, that one takes orders (tests/shims/failalloc.c).
sub start {
  my ($env, $stdout, $orders, @words) = @_;
  my $pid = fork // die;
  return $pid if $pid;
  chdir $top;
  open(STDIN, '<', '/dev/null');
  open(STDOUT, '>', $stdout // "$tmp/out") or exit 126;
  open(STDERR, '>', "$tmp/err") or exit 126;
  POSIX::dup2(fileno $orders, 198) if $orders;
  %ENV = (PATH => $ENV{PATH}, TMPDIR => $tmp, SOURCE_DATE_EPOCH => 1788220800, ARI_GNUPLOT => '/bin/false', %$env);   # drawing itself is not ours
  alarm 60;
  exec { $ari } $ari, '--lang', 'en', @words or exit 127;
}

# How it ended (status or "signal N"), stdout, stderr.
sub came_to { my ($status) = @_; return ($status & 127 ? 'signal ' . ($status & 127) : $status >> 8, slurp("$tmp/out"), slurp("$tmp/err")) }

# Runs the program.
sub run {
  my ($env, $stdout, @words) = @_;
  waitpid start($env, $stdout, undef, @words), 0;
  return came_to($?);
}

# ---- each allocation in turn ----

my @set = ('tests/data/small/criteria.yaml');
my %job = (
  'reading and checking YAML' => ['check', @set, 'tests/data/small/agencies.yaml', 'tests/data/small/evidence.yaml'],
  'reading a form' => ['check', '-j', 1, 'tests/data/form', 'tests/data/form/libreoffice.xlsx'],
  'telling what is wrong in a form' => ['check', '-j', 1, map({ "tests/golden/E0932/$_" } 'criteria.yaml', 'agencies.csv', 'form.xlsx')],
  'telling what slipped in a form' => ['check', '-j', 1, map({ "tests/golden/W0948/$_" } 'criteria.yaml', 'agencies.csv', 'form.xlsx')],
  'assessing a form half filled' => ['assess', '-j', 1, map({ "tests/golden/cli-assess-form/$_" } '', 'form.xlsx')],
  'reading CSV and ranking' => ['rank', '-j', 1, 'tests/data/small', 'tests/data/small/evidence.csv', '--format', 'csv'],
  'telling errors' => ['check', 'tests/data/small/bad.yaml'],
  'explaining' => ['explain', '-j', 1, 'tests/data/small', 'tests/data/small/evidence.csv', '--agency', 'a1'],
  'assessing' => ['assess', '-j', 1, 'tests/data/small', 'tests/data/small/evidence.csv', '--agency', 'a1', '--format', 'json'],
  'explaining what is pending' => ['explain', '-j', 1, map({ "tests/golden/cli-explain-pending/$_" } '', 'a.yaml'), '--agency', 'a'],
  'assessing what is pending' => ['assess', '-j', 1, map({ "tests/golden/cli-assess-pending/$_" } '', 'b.csv'), '--period', '2026'],
  'comparing agencies' => ['score', '-j', 1, map({ "tests/golden/cli-explain-cohort/$_" } '', 'evidence.csv'), '--period', '2026'],
  'explaining what is compared' => ['explain', '-j', 1, map({ "tests/golden/cli-explain-cohort/$_" } '', 'evidence.csv'), '--period', '2026', '--agency', 'so-a'],
  'assessing what is compared' => ['assess', '-j', 1, map({ "tests/golden/cli-explain-cohort/$_" } '', 'evidence.csv'), '--period', '2026', '--agency', 'so-a'],
  'storing and reporting' => ['run', '-j', 1, '--charts', 'none', 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/results"],
  'writing a workbook' => ['report', '-j', 1, 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/report.xlsx"],
  'writing the pages of agencies' => ['report', '-j', 1, '--charts', 'none', 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/report.html", '--per-agency', "$tmp/results"],
  'reporting beside an earlier round' => ['report', '-j', 1, '--charts', 'none', "$tmp/2026/ari.db", '--previous-round', "$tmp/2025/ari.db", '-o', "$tmp/report.html"],
  'writing Markdown' => ['report', '-j', 1, 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/report.md"],
  'writing for Excel' => ['score', '-j', 1, 'tests/data/small', 'tests/data/small/evidence.csv', '--excel'],
  'scoring by tiers' => ['score', '-j', 1, map({ "tests/golden/cli-tiers-score/$_" } '', 'evidence.csv'), '--period', '2026'],
  'telling sums by tiers' => ['check', 'tests/golden/E0268/criteria.yaml'],
  'telling weights by tiers' => ['check', 'tests/golden/E0269/criteria.yaml'],
  'telling who has no tier' => ['check', map { "tests/golden/E0440/$_" } 'criteria.yaml', 'agencies.csv'],
  'reading lists' => ['explain', '-j', 1, map({ "tests/golden/cli-explain-list/$_" } '', 'evidence.csv'), '--agency', 'a'],
  'explaining last period' => ['explain', '-j', 1, map({ "tests/golden/cli-explain-previous/$_" } '', 'evidence.csv'), '--period', '2026', '--agency', 'so-a'],
  'adding up what was merged' => ['explain', '-j', 1, map({ "tests/golden/cli-explain-merger/$_" } '', 'evidence.csv'), '--previous', 'tests/golden/cli-explain-merger/last.csv',
    '--agency', 'so-a'],
  'telling who is gone' => ['check', map { "tests/golden/E0445/$_" } 'criteria.yaml', 'agencies.csv', 'a.csv'],
  'assessing last period' => ['assess', '-j', 1, map({ "tests/golden/cli-assess-previous/$_" } '', 'evidence.csv'), '--period', '2026', '--agency', 'so-a'],
  'assessing documents' => ['assess', '-j', 1, map({ "tests/golden/cli-assess-files/$_" } '', 'e.yaml'), '--documents', 'tests/golden/cli-assess-files'],
  'writing a sheet to sign' => ['assess', '-j', 1, map({ "tests/golden/cli-assess-files/$_" } '', 'e.yaml'), '-o', "$tmp/report.html"],
  'packing' => ['pack', '-j', 1, map({ "tests/golden/cli-assess-files/$_" } '', 'e.yaml'), '-o', "$tmp/results.zip", '--sign', "$tmp/open.key"],
  'opening a package' => ['unpack', "$tmp/packed.zip", '-o', "$tmp/results", '--key', "$tmp/open.pub"],
  'checking a package' => ['check', '-j', 1, 'tests/golden/cli-assess-files', "$tmp/packed.zip", '--key', "$tmp/open.pub"],
  'a folder of packages' => ['check', '-j', 1, 'tests/golden/cli-assess-files', "$tmp/inbox"],
  'telling a workbook of another program' => ['check', map { "tests/golden/E0936/$_" } 'criteria.yaml', 'agencies.csv', 'form.gnumeric'],
  'telling a package of another name' => ['check', map { "tests/golden/E0937/$_" } 'criteria.yaml', 'agencies.csv', 'form.xlsx'],
  'telling a copy' => ['check', map { "tests/golden/E0939/$_" } 'criteria.yaml', 'agencies.csv', 'evidence.yaml', 'evidence-copy.yaml'],
  'refusing a package' => ['check', '-j', 1, 'tests/data/small', "$tmp/packed.zip"],
  'making keys' => ['key', '-o', "$tmp/results", '--password-file', '/dev/null'],
  'assessing from a round' => ['assess', '-j', 1, "$tmp/round.db", '--agency', 'a1'],
  'telling versions' => ['check', 'tests/golden/W0292/criteria.yaml'],
  'explaining a survey' => ['explain', '-j', 1, map({ "tests/golden/cli-explain-survey/$_" } '', 'a.yaml'), '--agency', 'a'],
  'assessing a survey' => ['assess', '-j', 1, map({ "tests/golden/cli-assess-survey/$_" } '', 'evidence.csv'), '--agency', 'b'],
  'telling unknown options' => ['check', map { "tests/golden/E0488/$_" } 'criteria.yaml', 'agencies.csv', 'evidence.csv'],
  'reading appraisals' => ['check', '-j', 1, '--period', '2026-08', map { "tests/golden/cli-check-appraisal/$_" } 'criteria.yaml', 'agencies.csv', 'appraisal.csv', 'explanation.yaml'],
  'telling what is decided twice' => ['check', '-j', 1, map { "tests/golden/E0551/$_" } 'criteria.yaml', 'agencies.csv', 'a.yaml', 'b.csv'],
  'a form in YAML' => ['form', '-j', 1, 'criteria/ministry-departments', '--agency', 'don-vi-a', '--from', 'criteria/ministry-departments/example/don-vi-a.yaml', '-o', "$tmp/results.yaml"],
  'a form as a workbook' => ['form', '-j', 1, 'tests/data/small', '--agency', 'a1', '--from', 'tests/data/small/evidence.csv', '-o', "$tmp/results.xlsx"],
  'a worksheet' => ['appraise', '-j', 1, "$tmp/kept/ari.db", '--worksheet', '-o', "$tmp/results.csv"],
  'completing a survey' => ['check', map { "tests/golden/W0496/$_" } 'criteria.yaml', 'agencies.csv', 'evidence.csv'],
  'telling that there is no such survey' => ['check', 'tests/golden/E0379/criteria.yaml'],
  'drawing points lost' => ['chart', '-j', 1, 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', '2026', 'waterfall', '--agency', 'a1', '-o', "$tmp/results.svg"],
  'drawing a ranking' => ['chart', '-j', 1, 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', '2026', 'ranking', '-o', "$tmp/results.png"],
  'drawing cells' => ['chart', '-j', 1, 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', '2026', 'heat', '--group', 'a', '-o', "$tmp/results.svg"],
  'drawing a spread' => ['chart', '-j', 1, 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', '2026', 'distribution', '-o', "$tmp/results.svg"],
  'drawing claims' => ['chart', '-j', 1, 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', '2026', 'dumbbell', '-o', "$tmp/results.svg"],
  'drawing intervals' => ['chart', '-j', 1, 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', '2026', 'interval', '--table', 'tests/data/ranks/intervals.csv', '-o',
    "$tmp/results.svg"],
  'telling what is wrong with intervals' => ['chart', '-j', 1, 'tests/golden/E0843', 'tests/golden/E0843/evidence.csv', '--period', '2026', 'interval', '--table',
    'tests/golden/E0843/table.csv', '-o', "$tmp/results.svg"],
  'drawing ranks over periods' => ['chart', '-j', 1, "$tmp/2025/ari.db", "$tmp/2026/ari.db", 'bump', '-o', "$tmp/results.svg"],
  'a schema' => ['schema', 'criteria'],
  'reading a database' => ['rank', '--format', 'csv', "$tmp/kept/ari.db"],
  'reading a log' => ['log', "$tmp/kept/ari.db"],
  'verifying a database' => ['verify', '-j', 1, "$tmp/kept/ari.db"],
  'verifying a changed database' => ['verify', '-j', 1, "$tmp/changed.db"],
  'copying a database' => ['backup', "$tmp/kept/ari.db", "$tmp/results"],
  'opening a round' => ['round', 'open', "$tmp/results", 'tests/data/small', '--period', '2026', '--deadline', '2026-08-01'],
  'handing in' => ['submit', '-j', 1, "$tmp/results", 'tests/data/small/evidence.yaml'],
  'refusing to hand in' => ['answer', '-j', 1, "$tmp/results", 'tests/data/small/evidence.yaml'],
  'moving a round' => ['round', 'set', '-j', 1, "$tmp/results", 'appraising'],
  'listing submissions' => ['submissions', "$tmp/round.db", '--format', 'json'],
);
my %fresh = map { $_ => 1 } 'handing in', 'refusing to hand in', 'moving a round';   # in a round as it was
my ($made) = run({}, undef, 'run', '--charts', 'none', 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/kept");
ok($made eq 0, 'the small set can be run', slurp("$tmp/err"));

for my $year (2025, 2026) {
  my ($drawn) = run({}, undef, 'run', '--charts', 'none', 'tests/data/ranks', 'tests/data/ranks/evidence.csv', '--period', $year, '-o', "$tmp/$year");
  ok($drawn eq 0, "the round of $year", slurp("$tmp/err"));
}
($made) = run({}, undef, 'round', 'open', "$tmp/round.db", 'tests/data/small', '--period', '2026', '--deadline', '2026-08-01');
($made) = run({}, undef, 'submit', "$tmp/round.db", 'tests/data/small/evidence.csv') if $made eq 0;
ok($made eq 0, 'a round can be opened', slurp("$tmp/err"));

($made) = run({}, undef, 'key', '-o', "$tmp/open", '--password-file', '/dev/null');
($made) = run({}, undef, 'pack', map({ "tests/golden/cli-assess-files/$_" } '', 'e.yaml'), '-o', "$tmp/packed.zip", '--sign', "$tmp/open.key") if $made eq 0;
ok($made eq 0, 'a package is made and signed', slurp("$tmp/err"));
mkdir "$tmp/inbox";
copy("$tmp/packed.zip", "$tmp/inbox/a.zip") or die;
{ open(my $f, '>:raw', "$tmp/inbox/tài liệu.zip") or die; print $f "PK\5\6" . "\0" x 18; close $f or die }
system('cp', "$tmp/kept/ari.db", "$tmp/changed.db");
system('sqlite3', '-batch', "$tmp/changed.db", "DROP TRIGGER log_keep; UPDATE log SET actor = 'x' WHERE seq = 3; UPDATE result SET points_e12 = 1 WHERE rowid = 2; DELETE FROM ranking; UPDATE round SET state = 'x'") == 0 or die;

# Where each copy goes a long way (it writes from early on, or reads much), it is failed in what it does last; what comes first is failed in the other jobs.
my %tail = ('opening a round' => 600, 'handing in' => 600, 'moving a round' => 600, 'refusing to hand in' => 100,
            'writing the pages of agencies' => 900, 'a form in YAML' => 600, 'assessing what is compared' => 400);
my %beyond = ('writing a workbook' => 4000, 'a form as a workbook' => 4000);

# A process that stops at an allocation and takes orders.
sub stop_at {
  my ($from, $report, @words) = @_;
  socketpair(my $ours, my $its, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die;
  my $pid = start({LD_PRELOAD => $shim, FAIL_REPORT => $report, FAIL_FROM => $from}, undef, $its, @words);
  return {pid => $pid, socket => $ours, at => answer($ours)};
}
sub answer { my ($socket) = @_; my $bytes; return sysread($socket, $bytes, 8) ? unpack("q", $bytes) : 0 }   # 0: it has ended
sub order { my ($p, $n) = @_; syswrite($p->{socket}, pack('q', $n)) == 8 or die; return answer($p->{socket}) }
sub end { my ($p) = @_; kill 'KILL', $p->{pid}; waitpid $p->{pid}, 0 }

# What a program made in the folder. A process that made something may not be copied any more, since its copies would clean it up.
my %there;
sub made { opendir(my $d, $tmp) or die; return grep { !$there{$_} } readdir $d }
sub clean { -d ? remove_tree($_) : unlink for map { "$tmp/$_" } made() }
$there{$_} = 1 for made(), qw(out err report);

for my $name (sort keys %job) {
  my @words = @{$job{$name}};
  my $report = "$tmp/report";
  my $prepare = sub {
    clean();
    copy("$tmp/round.db", "$tmp/results") or die if $fresh{$name};
  };
  $prepare->();
  my %usual = map { $_ => 1 } made();
  my ($status, $stdout, $stderr) = run({LD_PRELOAD => $shim, FAIL_REPORT => $report}, undef, @words);
  my $told = slurp($report);
  my ($allocations, $left) = split ' ', $told;
  my %whole = map { $_ => 1 } made();
  my @wrong;
  my $from = $tail{$name} && $allocations > $tail{$name} ? $allocations - $tail{$name} : 1;
  # Those of a process that it starts count on from here in that process alone.
  my @beyond = map { $allocations + 23 * $_ } 1 .. ($beyond{$name} // 0) / 23;
  # The process goes from allocation to allocation, and at each a copy of it sees it fail; from where it begins to write, it stays and every copy goes on from there.
  $prepare->();
  my $p = stop_at(1, $report, @words);
  my $stays;
  for my $at (1 .. $allocations, @beyond) {
    if (!$stays && $at <= $allocations && ($p->{at} != $at || grep { !$usual{$_} } made())) {
      end($p);
      $prepare->();
      $stays = $at - 1;
      $p = stop_at($stays, $report, @words);
    }
    if ($at >= $from) {
      $prepare->() if $stays;
      unlink $report;
      my ($s, $o, $e) = came_to(order($p, $at));
      my (undef, $leak) = split ' ', slurp($report);
      my $clean = $s eq '3' && $e =~ /memory/ || $s eq $status && $o eq $stdout && $e eq $stderr;
      my $report_there = slurp("$tmp/results/report.html");
      my $whole = $report_there eq '' || $report_there =~ m{</html>\n\z};
      my @strange = grep { !$whole{$_} && !/^ari-/ } made();   # a private folder may stay when taking it away needs memory
      push @wrong, "allocation $at: status $s, left " . ($leak // '?') . " (usually $left), @strange: $e" unless $clean && $whole && !@strange && defined $leak && $leak <= $left;
      last if @wrong > 5;
    }
    $p->{at} = order($p, 0) unless $stays;
  }
  ok($allocations > 10 && !@wrong, "$name: each allocation from $from to $allocations may fail", @wrong);
  if ($stays) { end($p) }
  elsif (!@wrong) {
    waitpid $p->{pid}, 0;
    my @end = (came_to($?), slurp($report));
    ok("@end" eq "$status $stdout $stderr $told", "$name: the copies left no trace", @end);
  }
}

# ---- output that takes no more ----

for my $words (['rank', 'tests/data/small', 'tests/data/small/evidence.csv', '--format', 'csv'], ['score', 'tests/data/small', 'tests/data/small/evidence.csv'],
               ['--help'], ['codes'], ['log', "$tmp/kept/ari.db"], ['schema', 'criteria'], ['check', @set], ['explain', 'tests/data/small', 'tests/data/small/evidence.csv', '--agency', 'a1']) {
  my ($status, undef, $err) = run({}, '/dev/full', @$words);
  ok($status eq 3 && $err =~ /disk is full/, "$words->[0] into a full disk", "status $status: $err");
}

SKIP: {
  pipe(my $read, my $write) or die;
  close $read;
  my $pid = fork // die;
  if ($pid == 0) {
    chdir $top;
    open(STDOUT, '>&', $write);
    open(STDERR, '>', "$tmp/err");
    $SIG{PIPE} = 'IGNORE';
    exec { $ari } $ari, '--lang', 'en', 'codes';
  }
  close $write;
  waitpid $pid, 0;
  ok($? >> 8 == 3 && !($? & 127) && slurp("$tmp/err") =~ /reader has closed/, 'a closed pipe is noticed', "status $?: " . slurp("$tmp/err"));
}

# ---- folders ----

{
  open(my $f, '>', "$tmp/in-the-way") or die;
  close $f;
  my ($status, undef, $err) = run({}, undef, 'run', 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/in-the-way/results");
  ok($status eq 3 && $err =~ /error|failure|folder/, 'a file where a folder should be', "status $status: $err");
}
{
  make_path("$tmp/foreign");
  open(my $f, '>', "$tmp/foreign/ari.db") or die;
  print $f "my own notes\n";
  close $f;
  my ($status, undef, $err) = run({}, undef, 'run', '--charts', 'none', 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/foreign");
  ok($status eq 3 && $err =~ /F0711/ && slurp("$tmp/foreign/ari.db") eq "my own notes\n" && !-e "$tmp/foreign/report.html", 'a file of another program is not replaced', "status $status: $err");
}

print "1..$count\n";
