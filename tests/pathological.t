#!/usr/bin/perl
# Inputs made to hurt: far too deep, too long, too many, not text at all, not even files. Every one is answered by itself, with its place and the right status, never with a signal,
# in bounded memory (`ulimit -v` for every run); the alarm only catches hanging.
use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::MD5 qw(md5);
use File::Basename qw(basename dirname);
use File::Find qw(find);
use File::Temp qw(tempdir);
use POSIX qw(mkfifo);
use Time::HiRes qw(time);
use lib dirname(abs_path($0));
use Readers qw(slurp);

my $here = abs_path(dirname($0));
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my $ari = "$out/ari";
print "Bail out! $ari is missing\n" and exit 1 unless -x $ari;
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;
use constant KIB_MOST => 1 << 20;   # of address space, for any run that does not ask for less or more
use constant SECONDS => 30;

sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print map { '# ' . substr($_, 0, 600) . "\n" } $good ? () : splice(@why, 0, 10); return $good }
# As a call, for Perl would keep a constant of many megabytes for ever, and copy its page table at every fork.
sub many { my ($text, $n) = @_; return $text x $n }
sub spew { my ($path, @text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f @text or die; close $f or die }

# Runs the program in the private folder; gives (status or "signal N", stdout, stderr).
sub run {
  my ($kib, @words) = @_;
  my $pid = fork // die;
  if ($pid == 0) {
    chdir $tmp or exit 126;
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/.out") or exit 126;
    open(STDERR, '>', "$tmp/.err") or exit 126;
    %ENV = (PATH => $ENV{PATH}, TMPDIR => $tmp, SOURCE_DATE_EPOCH => 1788220800);
    alarm SECONDS;
    exec '/bin/sh', '-c', 'ulimit -v "$1"; shift; exec "$@"', 'sh', $kib, $ari, @words or exit 127;
  }
  waitpid $pid, 0;
  return ($? & 127 ? 'signal ' . ($? & 127) : $? >> 8, slurp("$tmp/.out"), slurp("$tmp/.err"));
}

# The command must end with `status` and say what `want` matches; the reader is never drowned, whatever came in.
sub answers {
  my ($name, $words, $status, $want, $kib) = @_;
  my @words = split ' ', $words;
  my $from = time;
  my ($got, $stdout, $stderr) = run($kib // KIB_MOST, $words[0], '--lang', 'en', @words[1 .. $#words]);
  my $took = time - $from;
  my $good = $got eq $status && "$stderr$stdout" =~ $want && length $stderr < 64 << 10;
  ok($good, $name, "status $got after $took s", $stderr, $stdout);
  print "# slow: $took s\n" if $took > 5;
}

my $head = "ari: criteria/1\nid: s\ntitle: T\nperiod: year\nrounding: {leaf: 2}\n";
my $set = "${head}max: 2\ncriteria:\n  - id: a\n    max: 2\n    inputs: {x: count, y: count}\n    score: {share: x / y}\n    empty: zero\n";
my $list = "id,name,group\nn0,A,g\n";
mkdir "$tmp/set";
spew("$tmp/set/criteria.yaml", $set);
spew("$tmp/set/agencies.csv", $list);
my $evidence = "ari: evidence/1\nset: s\nagency: n0\nperiod: 2026\nevidence:\n";
my $table = "agency,period,a.x,a.y\n";
spew("$tmp/good.csv", "${table}n0,2026,1,2\n");

# A criteria set, an agency list, evidence: what `text` is in each place where a file can stand.
sub everywhere {
  my ($name, $text, $want, $status) = @_;
  spew("$tmp/bad.yaml", $text);
  spew("$tmp/bad.csv", $text);
  answers("$name, as any YAML", 'check bad.yaml', $status // 1, $want =~ s/FILE/bad\\.yaml/r);
  answers("$name, as any table", 'check bad.csv', $status // 1, $want =~ s/FILE/bad\\.csv/r);
  answers("$name, as a set", 'rank bad.yaml good.csv', $status // 1, $want =~ s/FILE/bad\\.yaml/r);
  answers("$name, as evidence", 'rank set bad.csv', $status // 1, $want =~ s/FILE/bad\\.csv/r);
  mkdir "$tmp/list";
  spew("$tmp/list/criteria.yaml", $set);
  spew("$tmp/list/agencies.csv", $text);
  answers("$name, as a list", 'rank list good.csv', $status // 1, $want =~ s/FILE/list\/agencies\\.csv/r);
  unlink "$tmp/bad.yaml", "$tmp/bad.csv";
}

# ---- what is no text ----

everywhere('an empty file', '', 'E0106.*\n *--> FILE:1:1\b');
everywhere('only a byte order mark', "\xEF\xBB\xBF", 'E0106.*\n *--> FILE:1:1\b');
everywhere('UTF-16 with its mark, little end first', "\xFF\xFEa\0r\0i\0", 'E0104.*\n *--> FILE:1:1\b');
everywhere('UTF-16 with its mark, big end first', "\xFE\xFF\0a\0r\0i", 'E0104.*\n *--> FILE:1:1\b');
everywhere('UTF-16 without its mark', "a\0r\0i\0:\0", 'E0102.*\n *--> FILE:1:2\b');
everywhere('a NUL', "id,name,group\nn0,x\0,g\n", 'E0102.*\n *--> FILE:2:5\b');
for (['a lone continuation byte', "\x80"], ['a byte of Windows-1258', "\xE9"], ['an overlong slash', "\xC0\xAF"], ['an overlong letter of three bytes', "\xE0\x80\xAF"], ['a surrogate', "\xED\xA0\x80"],
     ['beyond the last character', "\xF4\x90\x80\x80"], ['five bytes', "\xF8\x88\x80\x80\x80"], ['FF', "\xFF"]) {
  my ($name, $bytes) = @$_;
  spew("$tmp/bad.csv", "id,name,group\nn0,x${bytes}y,g\n");
  spew("$tmp/bad.yaml", "ari: criteria/1\nid: x${bytes}y\n");
  answers("not UTF-8: $name, in a table", 'check bad.csv', 1, 'E0103.*\n *--> bad\.csv:2:5\b');
  answers("not UTF-8: $name, in YAML", 'check bad.yaml', 1, 'E0103.*\n *--> bad\.yaml:2:6\b');
}
spew("$tmp/bad.yaml", "ari: criteria/1\nid: \xE1\xBA");
answers('not UTF-8: a letter that the end of the file cuts', 'check bad.yaml', 1, 'E0103.*\n *--> bad\.yaml:2:5\b');
my $rows = many("n0,2026,1,2\n", 500_000);
for (["\xE9", 'E0103'], ["\0", 'E0102'], ["\x1B", 'E0105']) {
  my ($byte, $code) = @$_;
  spew("$tmp/bad.csv", $table, $rows, "n0,2026,1$byte,2\n", $rows);
  answers("$code in the middle of 12 MB", 'check set bad.csv', 1, "$code.*\\n *--> bad\\.csv:500002:10\\b");
}
everywhere('line ends only', many("\n", 100_000), 'E0106|E0135|E0401|E0403|E0142');
everywhere('spaces only', many(' ', 100_000), 'E\d{4}.*\n *--> FILE:1:1\b');
spew("$tmp/bad.yaml", many("# nothing\n", 100_000));
answers('comments only', 'check bad.yaml', 1, 'E\d{4}.*\n *--> bad\.yaml:1:1\b');
for my $name ('zeros.yaml', 'zeros.csv', 'zeros/criteria.yaml') {
  mkdir "$tmp/zeros";
  open(my $f, '>', "$tmp/$name") or die;
  truncate $f, 200 << 20 or die;
  close $f;
  answers("200 MB of zeros: $name", "check $name", 1, "E010[12].*\\n *--> \Q$name\E:1:1\\b", 300 << 10);
}
answers('200 MB of zeros as evidence', 'rank set zeros.csv', 1, 'E0102.*\n *--> zeros\.csv:1:1\b', 300 << 10);
answers('200 MB of zeros as a set', 'rank zeros.yaml good.csv', 1, 'E010[12].*\n *--> zeros\.yaml:1:1\b', 300 << 10);

# ---- YAML ----

sub yaml_answers { my ($name, $want, @text) = @_; spew("$tmp/bad.yaml", @text); answers($name, 'check bad.yaml', 1, $want) }
yaml_answers('a million [', 'E0401.*\n *--> bad\.yaml:1:1\b', many('[', 1_000_000));
yaml_answers('a million [ in a set', 'E0125.*\n *--> bad\.yaml:2:\d+\b', "ari: criteria/1\nid: ", many('[', 1_000_000), "\n");
yaml_answers('a million { in a set', 'E0\d{3}.*\n *--> bad\.yaml:2:\d+\b', "ari: criteria/1\nid: ", many('{', 1_000_000), "\n");
yaml_answers('a million [ that are closed', 'E0125.*\n *--> bad\.yaml:2:\d+\b', "ari: criteria/1\nid: ", many('[', 500_000), many(']', 500_000), "\n");
yaml_answers('10,000 levels of indentation', 'E0125.*\n *--> bad\.yaml:\d+:\d+\b', "ari: criteria/1\n", map { ' ' x ($_ % 2000) . "a:\n" } 0 .. 1999);
yaml_answers('lists in one line', 'E0\d{3}.*\n *--> bad\.yaml:2:\d+\b', "ari: criteria/1\nid: ", many('- ', 500_000), "\n");
yaml_answers('a million ?', 'E0\d{3}.*\n *--> bad\.yaml:\d+:\d+\b', "ari: criteria/1\n", many('? ', 1_000_000), "\n");
yaml_answers('an alias cycle', 'E0120.*\n *--> bad\.yaml:2:5\b', "ari: criteria/1\nid: &x [*x]\n");
yaml_answers('an alias', 'E0121.*\n *--> bad\.yaml:2:5\b', "ari: criteria/1\nid: *x\n");
yaml_answers('40,000 anchors', 'E0120.*\n *--> bad\.yaml:3:5\b', "ari: criteria/1\ncriteria:\n", map { "  - &a$_ x\n" } 1 .. 40_000);
yaml_answers('a billion laughs', 'E0120.*\n *--> bad\.yaml:2:4\b', "ari: criteria/1\na: &a [x,x,x,x,x,x,x,x,x,x]\n", map { chr($_) . ': &' . chr($_) . ' [' . join(',', ('*' . chr($_ - 1)) x 10) . "]\n" } 98 .. 110);
yaml_answers('a million documents', 'E0123.*\n *--> bad\.yaml:2:1\b', "ari: criteria/1\n", many("---\n", 1_000_000));
yaml_answers('a text of 20 MB', 'E0127.*\n *--> bad\.yaml:2:5\b', "ari: criteria/1\nid: \"", many('x', (20 << 20)), "\"\n");
yaml_answers('a key of 20 MB', 'E0\d{3}.*\n *--> bad\.yaml:2:1\b', "ari: criteria/1\n", many('x', (20 << 20)), ": y\n");
yaml_answers('an open quote of 20 MB', 'E01\d\d.*\n *--> bad\.yaml:2:5\b', "ari: criteria/1\nid: \"", many("x\n", (10 << 20)));
yaml_answers('a million tags', 'E0122.*\n *--> bad\.yaml:2:5\b', "ari: criteria/1\nid: ", many('!!str ', 1_000_000), "x\n");
yaml_answers('three million values', 'E0126.*\n *--> bad\.yaml:3:\d+\b', "ari: criteria/1\ncriteria:\n  [", many('x,', 3_000_000), "]\n");
yaml_answers('300,000 keys that nobody knows', 'E0141.*(?s:.*)and 2999\d\d more', "${set}", map { "k$_: v\n" } 1 .. 300_000);
yaml_answers('300,000 times the same key', 'E0129.*(?s:.*)and 2999\d\d more', "ari: criteria/1\n", many("id: s\n", 300_000));
spew("$tmp/bad.yaml", $evidence, map { "  k$_: {x: 1}\n" } 1 .. 300_000);
answers('300,000 criteria that are not there', 'check set bad.yaml', 1, 'E0422.*(?s:.*)and 299950 more|E042\d.*(?s:.*)and 299950 more');
spew("$tmp/bad.yaml", $evidence, many("  a: {x: 1}\n", 300_000));
answers('300,000 times the same criterion', 'check set bad.yaml', 1, 'E0129.*(?s:.*)and 299949 more');
spew("$tmp/bad.yaml", $evidence, "  a: {x: 1}\n", map { "  " . many('x', 60_000) . "$_: 1\n" } 1 .. 300);
answers('keys of 60 KiB', 'check set bad.yaml', 1, 'E0127.*\n *--> bad\.yaml:7:3\b');

# ---- criteria and formulas ----

my @many = map { "  - id: c$_\n    max: 1\n    inputs: {x: count, y: count}\n    score: {share: x / y}\n    empty: zero\n" } 1 .. 10_000;
spew("$tmp/many.yaml", $head, "criteria:\n", @many);
answers('10,000 criteria are fine', 'check many.yaml', 0, 'No errors');
yaml_answers('10,000 criteria that are wrong', '(?s)E\d{4}.*and 9950 more', $head, "criteria:\n", map { "  - id: c$_\n    max: 1\n    inputs: {x: count}\n    score: {share: z}\n" } 1 .. 10_000);
my $id = many('i', 65_000);
spew("$tmp/good.yaml", $head, "criteria:\n  - id: $id\n    max: 1\n    inputs: {x: count, y: count}\n    score: {share: x / y}\n    empty: zero\n");
mkdir "$tmp/long";
rename "$tmp/good.yaml", "$tmp/long/criteria.yaml";
spew("$tmp/long/agencies.csv", "id,name,group\n", map { "$_$id,A,$id\n" } 1 .. 9);
spew("$tmp/long.csv", "agency,period,$id.x,$id.y\n", map { "$_$id,2026,1,2\n" } 1 .. 9);
answers('ids of 64 KiB are shown as they are', 'rank long long.csv --format csv', 0, qr/(?:^1,\d$id,$id,0\.5,1,50,,final\n){1}/m);
answers('and in a table', 'score long long.csv', 0, qr/^ +$id  /m);
sub formula_answers {
  my ($name, $want, $status, $formula) = @_;
  spew("$tmp/bad.yaml", $head, "max: 2\ncriteria:\n  - id: a\n    max: 2\n    inputs: {x: count, y: count}\n    score:\n      share: ", $formula, "\n    empty: zero\n");
  answers($name, 'check bad.yaml', $status, $want);
}
formula_answers('30,000 parentheses', 'E03\d\d.*\n *--> bad\.yaml:12:\d+\b', 1, many('(', 30_000) . 'x' . many(')', 30_000));
formula_answers('30,000 that are never closed', 'E03\d\d.*\n *--> bad\.yaml:12:\d+\b', 1, many('(', 30_000));
formula_answers('30,000 times not', 'E03\d\d.*\n *--> bad\.yaml:12:\d+\b', 1, many('not ', 15_000) . 'x');
formula_answers('30,000 minus signs', 'E03\d\d.*\n *--> bad\.yaml:12:\d+\b', 1, 'x ' . many('-', 30_000) . 'y');
formula_answers('60,000 plus signs', 'E03\d\d.*\n *--> bad\.yaml:12:\d+\b', 1, 'x' . many('+x', 30_000));
formula_answers('10,000 times if', 'E03\d\d.*\n *--> bad\.yaml:12:\d+\b', 1, many('if x > 0 then ', 4_000) . 'x');
formula_answers('a number of 60,000 digits', 'E0\d{3}.*\n *--> bad\.yaml:12:\d+\b', 1, many('9', 60_000) . ' / y');
formula_answers('a formula of 100 kB', 'E0127.*\n *--> bad\.yaml:12:14\b', 1, 'x' . many(' + x', 25_000));
formula_answers('an open quote', 'E0\d{3}.*\n *--> bad\.yaml:12:\d+\b', 1, "x + '" . many('y', 30_000));
yaml_answers('10,000 bands', '(?s)E0\d{3}|No errors', $head, "max: 2\ncriteria:\n  - id: a\n    max: 2\n    inputs: {x: count}\n    score:\n      bands: x\n      points:\n", map { "        - {from: $_, points: 3}\n" } 1 .. 10_000);
yaml_answers('60 levels of criteria', 'E0125.*\n *--> bad\.yaml:\d+:\d+\b', $head, map { ('  ' x (2 * $_)) . "criteria:\n" . ('  ' x (2 * $_ + 1)) . "- id: c$_\n" } 0 .. 59);

# ---- tables ----

sub csv_answers { my ($name, $want, @text) = @_; spew("$tmp/bad.csv", @text); answers($name, 'check set bad.csv', 1, $want) }
csv_answers('one line of 30 MB', 'E0412.*\n *--> bad\.csv:2:1\b', $table, 'n0,2026,', many('1', (30 << 20)), "\n");
csv_answers('a header of 30 MB', 'E0412.*\n *--> bad\.csv:1:1\b', 'agency,', many('x,', (15 << 20)), "\n");
csv_answers('an open quote before 30 MB', 'E04\d\d.*\n *--> bad\.csv:2:\d+\b', $table, "n0,2026,\"", many("1,2\n", (7 << 20)));
csv_answers('a million quotes', 'E04\d\d.*\n *--> bad\.csv:2:\d+\b', $table, 'n0,2026,', many('"', 1_000_001), "\n");
csv_answers('200,000 columns of one name', '(?s)E04\d\d.*and \d{5,6} more', 'agency,period', many(',x', 200_000), "\nn0,2026", many(',1', 200_000), "\n");
my $name = 'aaaa';
csv_answers('200,000 columns', '(?s)E04\d\d.*and 199950 more', 'agency,period', (map { ',' . $name++ } 1 .. 200_000), "\nn0,2026", many(',1', 200_000), "\n");
csv_answers('200,000 cells too many', 'E0413.*\n *--> bad\.csv:2:\d+\b', $table, 'n0,2026', many(',1', 200_000), "\n");
csv_answers('100,000 wrong rows', '(?s)\A(?:error\[E0413\]: (?:(?!error\[).)*){50}\nand 99950 more in bad\.csv\n.*Errors: 100000, ', $table, many("n0,2026,1\n", 100_000));
csv_answers('100,000 unknown agencies', '(?s)E045\d.*and 99950 more', $table, map { "n$_,2026,1,2\n" } 1 .. 100_000);
csv_answers('100,000 rows for one agency', '(?s)E04\d\d.*and \d+ more', $table, many("n0,2026,1,2\n", 100_000));
csv_answers('10,000,000 empty rows', 'E04\d\d', $table, many("\n", 10_000_000), "n0,2026,-1,2\n");
csv_answers('10,000,000 separators', 'E0412', $table, many(',', 10_000_000), "\n");

# ---- what is no file ----

mkdir "$tmp/folder";
mkdir "$tmp/folder/criteria.yaml";
mkdir "$tmp/listed";
spew("$tmp/listed/criteria.yaml", $set);
mkdir "$tmp/listed/agencies.csv";
mkfifo("$tmp/fifo", 0600) or die;
mkfifo("$tmp/fifo.csv", 0600) or die;
symlink '/dev/zero', "$tmp/link.yaml";
symlink 'loop.csv', "$tmp/loop.csv";
answers('a folder in place of the set', 'rank folder good.csv', 3, 'F0007|E0806');
answers('a folder in place of the list', 'rank listed good.csv', 3, 'F0007');
answers('a folder without evidence', 'rank set folder', 1, 'E\d{4}');
for my $device ('fifo', 'fifo.csv', '/dev/zero', '/dev/full', '/dev/null', '/dev/tty', 'link.yaml') {
  next if $device =~ m{^/} && !-e $device;
  answers("$device to check", "check $device", 3, 'F0\d{3}.*' . basename($device));
  answers("$device as a set", "rank $device good.csv", 3, 'F0\d{3}.*' . basename($device));
  answers("$device as evidence", "rank set $device", 3, 'F0\d{3}.*' . basename($device));
}
answers('a link to itself', 'rank set loop.csv', 3, 'F0\d{3}');
answers('a path that is too long', 'rank set ' . many('x/', 5000), 3, 'F0009');
answers('a path through a file', 'rank set good.csv/x.csv', 3, 'F0\d{3}');

# ---- every bad file of the tests, in every place ----

my (%seen, @files);
find({no_chdir => 1, wanted => sub { push @files, $_ if -f && !m{/(?:cmd|env|ELSEWHERE|gnuplot|expected\.\w+)\z} && !$seen{md5(slurp($_))}++ }}, "$here/golden", "$here/corpus");
my (@died, %status);
mkdir "$tmp/any";
for my $file (sort @files) {
  my $bytes = slurp($file);
  next if $bytes =~ /\ASQLite/;   # a good one, and no evidence may stand behind it
  unlink glob("$tmp/any/*");
  spew("$tmp/any.yaml", $bytes);
  spew("$tmp/any.csv", $bytes);
  spew("$tmp/any/criteria.yaml", $set);
  spew("$tmp/any/agencies.yaml", $bytes);
  for (['check any.yaml'], ['rank any.yaml good.csv'], ['rank set any.yaml any.csv'], ['rank any good.csv']) {
    my ($status, $stdout, $stderr) = run(KIB_MOST, split(' ', $_->[0]), '--lang', $file =~ /[0-4]/ ? 'vi' : 'en');
    $status{$status}++;
    push @died, "$file: $_->[0]: $status: $stderr" if $status !~ /^[0123]$/ || $status eq '2' || $status ne '0' && $stderr !~ /\[[EFW]\d{4}\]/ && $stdout !~ /\d/;
  }
}
ok(@files > 300 && !@died && $status{1} > @files, 'every file of the tests is answered in every place: ' . join(', ', map { "$_: $status{$_}" } sort keys %status), @died);

print "1..$count\n";
