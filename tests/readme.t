#!/usr/bin/perl
# The tours of README.md, done: every indented line that begins with `ari` is run in the order of the page, in a folder where the shipped sets lie; the yaml block is the file that the page
# tells the reader to write.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
print "Bail out! $out/ari is missing\n" and exit 1 unless -x "$out/ari";
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;
sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print "# $_\n" for $good ? () : map { split /\n/ } @why; return $good }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return ''; local $/; my $text = <$f>; return defined $text ? $text : '' }

my $readme = slurp("$top/README.md");
my ($yaml) = $readme =~ /^```yaml\n(.*?)^```/ms;
ok(defined $yaml, 'the page shows an evidence file');
open(my $f, '>:raw', "$tmp/so-lieu.yaml") or die;
print $f $yaml;
close $f;
symlink "$top/criteria", "$tmp/criteria" or die;
chdir $tmp or die;
$ENV{PATH} = "$out:$ENV{PATH}";
delete $ENV{ARI_LANG};
my @commands = $readme =~ /^    (ari .+)$/mg;
ok(@commands >= 6, 'the tours have commands');
my %said;
for my $command (@commands) {
  my @words = map { /\*/ ? glob : $_ } split ' ', $command;
  ok(!(grep { /[^\w.\/=-]/ } @words), "nothing for a shell in: $command");
  my $pid = fork // die;
  if ($pid == 0) {
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/said") or die;
    open(STDERR, '>&', \*STDOUT) or die;
    alarm 60;
    exec { "$out/ari" } @words or exit 127;
  }
  waitpid $pid, 0;
  my $said = slurp("$tmp/said");
  ok($? == 0 && $said ne '' && $said !~ /lỗi\[E/, $command, "status $?", substr($said, 0, 2000));
  $said{$command} = $said;
}
ok(-s "$tmp/ketqua/report.html" && -s "$tmp/ketqua/ranking.csv" && -s "$tmp/ketqua/ari.db", 'the results that the page speaks of are there');

# What the page says of the round. 0.1 points for each of 12 news items are 1.2, for 9 of them 0.9.
ok($said{'ari stages cchc-2026.db --agency don-vi-a'} =~ /^ *1\.5\.1 +1,2 +1,2 +0,9 +1,2 /m, 'the points of 1.5.1 go down and up again', $said{'ari stages cchc-2026.db --agency don-vi-a'});
ok($said{'ari submissions cchc-2026.db'} =~ m{^Đã nộp hồ sơ: 11/12 cơ quan}m, 'one department has handed in nothing');
ok($said{'ari round set cchc-2026.db published'} =~ /\(published\)\n.*: ([0-9a-f]{64})\n/ && $said{'ari verify cchc-2026.db'} =~ /^Toàn vẹn: .*$1$/m, 'what is verified is what was published');
ok($said{'ari rank cchc-2026.db'} =~ /đã chốt/ && $said{'ari rank cchc-2026.db'} !~ /tạm tính|chưa công bố/, 'nothing is provisional or withheld at the end', $said{'ari rank cchc-2026.db'});
my @unused = grep { my $file = $_; !grep { index($_, $file) >= 0 } @commands } glob('criteria/ministry-departments/round/*');
ok(!@unused, 'every file of the round is handed in', @unused);

# The two commands of the page are those of the Makefile.
my $make = slurp("$top/Makefile");
for my $targets ($readme =~ /&& make ([\w -]+)$/mg) {
  ok($make =~ /^(?:[\w -]+ )?\Q$_\E(?: [\w -]+)?:/m || slurp("$top/tests/tests.mk") =~ /^\Q$_\E:/m, "make $_ exists") for split ' ', $targets;
}
print "1..$count\n";
