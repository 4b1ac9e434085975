#!/usr/bin/perl
# The shipped set criteria/postal-service: the percentage that a report states wrongly is told in both languages, scoring goes on with the
# counts, what the report does not give is neither 0 nor ranked.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use lib dirname($0);
use Readers qw(slurp);

my $top = abs_path(dirname($0) . '/..');
my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };
my @set = ('criteria/postal-service', 'criteria/postal-service/example');
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;

sub is {
  my ($got, $want, $name) = @_;
  $count++;
  my $good = $got eq $want;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return if $good;
  print map { "# $_\n" } 'got:', split(/\n/, $got), 'want:', split(/\n/, $want);
}

# Status, stdout and stderr of a command at the top of the project.
sub run {
  my $pid = fork // die "fork: $!";
  if ($pid == 0) {
    chdir $top or exit 126;
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/out") or exit 126;
    open(STDERR, '>', "$tmp/err") or exit 126;
    exec { $ari } 'ari', @_ or exit 127;
  }
  waitpid $pid, 0;
  return ($? & 127 ? 'signal ' . ($? & 127) : $? >> 8, slurp("$tmp/out"), slurp("$tmp/err"));
}

# 3163/41367 = 0.076461…: 7.46 % was stated and 7.65 % it is. 1604/140067 = 0.011451…, which is the 1.15 % that was stated: not told.
my %warning = (vi => <<'VI', en => <<'EN');
cảnh báo[W0514]: "receiving.stated" của cơ quan "district-one-stop" ghi 7,46 %; tính lại là 7,65 %
  --> criteria/postal-service/example/district-one-stop.yaml:14:13
   |
14 |     stated: 7.46%
   |             ^^^^^ ghi ở đây
  ::: criteria/postal-service/criteria.yaml:48:16
   |
48 |         check: received_by_post / received
   |                --------------------------- tính lại theo công thức này
   = gợi ý: hãy sửa số liệu sai; điểm được tính từ chính các số liệu gốc
VI
warning[W0514]: "receiving.stated" of agency "district-one-stop" is stated as 7.46 %; recomputed it is 7.65 %
  --> criteria/postal-service/example/district-one-stop.yaml:14:13
   |
14 |     stated: 7.46%
   |             ^^^^^ stated here
  ::: criteria/postal-service/criteria.yaml:48:16
   |
48 |         check: received_by_post / received
   |                --------------------------- recomputed by this
   = help: correct the one that is wrong; points are computed from the figures themselves
EN
my %counted = (vi => "0 lỗi, 1 cảnh báo.\n", en => "Errors: 0, warnings: 1.\n");

my ($status, $out, $err) = run('check', 'criteria/postal-service');
is("$status $err", '0 ', 'the set by itself has nothing to be told');
for my $lang (qw(vi en)) {
  ($status, $out, $err) = run('--lang', $lang, 'check', @set);
  is($err, $warning{$lang}, "$lang: the stated percentage that is wrong is told, and nothing else");
  is("$status $out", "0 $counted{$lang}", "$lang: a warning is no error");
  ($status, $out, $err) = run('--lang', $lang, '--strict', 'check', @set);
  is("$status $err", "1 $warning{$lang}", "$lang: unless --strict asks for it");
}

# Points by hand, half up at the second place: 100 × 3163/41367 = 316300/41367 = 7 + 26731/41367 = 7.6461… and
# 100 × 1604/140067 = 160400/140067 = 1 + 20333/140067 = 1.1451…. The centre has no total and so no share.
my $scores = <<'CSV';
agency,criterion,level,state,max,points,claimed
service-centre,total,0,withheld,100,,
service-centre,receiving,1,missing,100,,
service-centre,returning,1,watched,0,,
district-one-stop,total,0,final,100,7.65,
district-one-stop,receiving,1,scored,100,7.65,
district-one-stop,returning,1,watched,0,,
commune-one-stop,total,0,final,100,1.15,
commune-one-stop,receiving,1,scored,100,1.15,
commune-one-stop,returning,1,watched,0,,
CSV
my $ranking = <<'CSV';
rank,agency,group,points,max,index,grade,state
1,district-one-stop,district,7.65,100,7.65,,final
2,commune-one-stop,commune,1.15,100,1.15,,final
,service-centre,province,,100,,,withheld
CSV
my $hundredth = sub { my ($part, $whole) = @_; return int((2 * 10000 * $part + $whole) / (2 * $whole)) / 100 };   # half up
is($hundredth->(3163, 41367) . ' ' . $hundredth->(1604, 140067), '7.65 1.15', 'the points by whole numbers');

($status, $out, $err) = run('score', @set, '--format', 'csv');
is("$status $out", "0 $scores", 'points from the counts; no figure where the report has no total');
($status, $out, $err) = run('rank', @set, '--format', 'csv');
is("$status $out", "0 $ranking", 'and nobody without a share is ranked');

($status, $out, $err) = run('--lang', 'en', 'run', @set, '--charts=none', '-o', "$tmp/results");
is("$status $err", "0 $warning{en}", 'a run tells it too and goes on');
is(slurp("$tmp/results/scores.csv") // 'absent', $scores, 'its points are the same');
is(slurp("$tmp/results/ranking.csv") // 'absent', $ranking, 'and its ranking');
is($out =~ /service-centre .* – +100 +– /, 1, 'a withheld agency has its max in the table too');
is((slurp("$tmp/results/report.html") // '') =~ m{service-centre</span></th><td[^>]*>[^<0-9]*</td><td[^>]*>100</td>}, 1, '... in the report');
is(`sqlite3 '$tmp/results/ari.db' "SELECT points_e12 IS NULL, max_e12 FROM ranking WHERE agency = 'service-centre'"`, "1|100000000000000\n", '... and in the store');
($status, $out, $err) = run('--lang', 'en', '--strict', 'run', @set, '--charts=none', '-o', "$tmp/strict");
is("$status $err", "1 $warning{en}", 'a strict run is not content with it');
print "1..$count\n";
