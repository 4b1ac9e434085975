#!/usr/bin/perl
# A report beside an earlier round: what rose and fell most, and who is held against nobody; charts that could not be drawn are named in their places. All figures are invented; the
# arithmetic is written out.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp start finish);

sub ari { return finish(start($tmp, {}, $ari, @_)) }
sub must { my ($status, $text, $err) = ari(@_); ok($status == 0, join(' ', @_[0 .. 1]), $err); return $text }

mkdir "$tmp/$_" for 'then', 'now';
my $set = <<'YAML';
ari: criteria/1
id: pages
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
criteria:
  - {id: x, title: X, max: 60, inputs: {n: number}, score: {points: n}}
  - {id: y, title: Y, max: 140, inputs: {n: number}, score: {points: n}}
YAML
put("$tmp/$_/criteria.yaml", $set) for 'then', 'now';
# x is 10 everywhere, so index = (10 + y) ÷ 200. Points of the year before: a1 100 = 50 %, a2 120 = 60 %, a3 140 = 70 %, a4 130 = 65 %, a5 80 = 40 %, a6 60 = 30 %, b1 110 = 55 %,
# old 24 = 12 %, p 40 and q 20; b2 handed in nothing.
put("$tmp/then/agencies.csv", "id,name,group\n" . join('', map { "$_,Agency $_,g\n" } qw(a1 a2 a3 a4 a5 a6 old p q)) . "b1,Agency b1,h\nb2,Agency b2,h\n");
put("$tmp/then.csv", "agency,x.n,y.n\n" . join('', map { "$_->[0],10,$_->[1]\n" } [a1 => 90], [a2 => 110], [a3 => 130], [a4 => 120], [a5 => 70], [a6 => 50], [b1 => 100], [old => 14], [p => 30], [q => 10]));
# And now: a1 125 = 62.5 % (+12.5), a2 120 (0), a3 130 = 65 % (-5), a4 132 = 66 % (+1), a5 86 = 43 % (+3), a6 61 = 30.5 % (+0.5), b1 114 = 57 % (+2), old is called new 44 = 22 % (+10);
# m took the place of p and q, b2 had nothing before, first is new: three are held against nobody. In h there are b1 and b2, of whom b2 has 140 now.
put("$tmp/now/agencies.csv", "id,name,group,from,until,replaces\n" . join('', map { "$_,Agency $_,g,,,\n" } qw(a1 a2 a3 a4 a5 a6 first)) . "b1,Agency b1,h,,,\nb2,Agency b2,h,,,\nnew,Agency new,g,2026,,old\nm,Agency m,g,2026,,p;q\n");
put("$tmp/now.csv", "agency,x.n,y.n\n" . join('', map { "$_->[0],10,$_->[1]\n" } [a1 => 115], [a2 => 110], [a3 => 120], [a4 => 122], [a5 => 76], [a6 => 51], [b1 => 104], [b2 => 130], [new => 34], [m => 90], [first => 50]));

must('run', '--lang', 'en', 'then', 'then.csv', '--period', '2025', '-o', 'out-then', '--charts', 'none');
must('run', '--lang', 'en', 'now', 'now.csv', '--period', '2026', '-o', 'out-now', '--charts', 'none');

# The rows of the n-th table of movers, without markup.
sub movers { my ($page, $n) = @_; my @tables = $page =~ m{(<table class="movers">.*?</table>)}gs; return map { join ' | ', map { s/<[^>]*>//gr } m{<t[hd][^>]*>(.*?)</t[hd]>}g } ($tables[$n] // '') =~ m{(<tr>.*?</tr>)}g }

my %want = (
  en => ['Changes since 2025', 'Index risen: 6; fallen: 1; unchanged: 1; not compared, because new, merged of several or without points in one of the periods: 3.',
         'Agency a1 a1 | g | +12.50 | 50.00 → 62.50 | 100.00 → 125.00 | 4 → 3', 'Agency new new | g | +10.00 | 12.00 → 22.00 | 24.00 → 44.00 | 8 → 9', 'Agency a5 a5 | g | +3.00 | 40.00 → 43.00 | 80.00 → 86.00 | 5 → 6',
         'Agency b1 b1 | h | +2.00 | 55.00 → 57.00 | 110.00 → 114.00 | 1 → 2', 'Agency a4 a4 | g | +1.00 | 65.00 → 66.00 | 130.00 → 132.00 | 2 → 1', 'Agency a3 a3 | g | −5.00 | 70.00 → 65.00 | 140.00 → 130.00 | 1 → 2'],
  vi => ['Thay đổi so với năm 2025', 'Chỉ số tăng: 6; giảm: 1; không đổi: 1; không so sánh được do mới thành lập, hợp nhất từ nhiều cơ quan hoặc có kỳ không có điểm: 3.',
         'Agency a1 a1 | g | +12,50 | 50,00 → 62,50 | 100,00 → 125,00 | 4 → 3']);
for my $lang ('en', 'vi') {
  must('report', '--lang', $lang, 'out-now/ari.db', '--previous-round', 'out-then/ari.db', '--charts', 'none', '-o', "$lang.html");
  my $page = slurp("$tmp/$lang.html");
  my ($heading, $counts, @rows) = @{$want{$lang}};
  ok($page =~ m{<h3>\Q$heading\E</h3>\n<p>\Q$counts\E</p>}, "$lang: against which period, and how many rose, fell and could not be compared", $page =~ m{(<h3>.*?</p>)}s);
  my @got = (movers($page, 0), movers($page, 1));
  my @heads = splice(@got, 6, 1);
  shift @got;
  is($got[$_], $rows[$_], "$lang: place " . ($_ + 1)) for 0 .. $#rows;
  is(scalar @got, 6, "$lang: the five biggest rises, and the one fall");
}
must('report', '--lang', 'en', 'out-now/ari.db', '--charts', 'none', '-o', 'alone.html');
my $alone = slurp("$tmp/alone.html");
ok($alone =~ /The report was given no earlier period to compare with\./ && $alone !~ /class="movers"/, 'without an earlier round the summary says that there is none');

# ---- run does it where --previous names a database; the chart of both periods stands in the page ----

must('run', '--lang', 'en', 'now', 'now.csv', '--period', '2026', '--previous', 'out-then/ari.db', '-o', 'out-both');
my $both = slurp("$tmp/out-both/report.html");
is((movers($both, 0))[1], $want{en}[2], 'run with --previous of a database');
ok(-e "$tmp/out-both/charts/bump-g.svg" && $both =~ m{<title>[^<]*</title>[^<]*<desc>[^<]*2025}, 'draws the ranks of both periods', join ' ', glob "$tmp/out-both/charts/bump*");

# ---- what is refused ----

my ($status, undef, $err) = ari('report', '--lang', 'en', 'out-now/ari.db', '--previous-round', 'out-then/ari.db', '-o', 'x.xlsx');
ok($status == 2 && $err =~ /--previous-round goes with a \.html file/, 'a workbook beside an earlier round', $err);
($status, undef, $err) = ari('report', '--lang', 'en', 'out-then/ari.db', '--previous-round', 'out-now/ari.db', '-o', 'x.html');
ok($status == 1 && $err =~ /E0572/ && !-e "$tmp/x.html", 'the later round as the earlier one', $err);
($status, undef, $err) = ari('report', '--lang', 'en', 'out-now/ari.db', '--previous-round', 'out-now/ari.db', '-o', 'x.html');
ok($status == 2 && $err =~ /'out-now\/ari\.db' is of the same period, 2026: name a round of an earlier one/ && !-e "$tmp/x.html", 'a round of the same period', $status, $err);
($status, undef, $err) = ari('report', '--lang', 'en', 'out-now/ari.db', '--previous-round', 'nowhere.db', '-o', 'x.html');
ok($status == 3 && $err =~ /nowhere\.db/ && !-e "$tmp/x.html", 'a round that is not there', $err);

# ---- a chart that cannot be drawn has a line in its place ----

my ($gnuplot) = grep { -x } '/usr/bin/gnuplot', '/usr/local/bin/gnuplot';
put("$tmp/part.sh", "#!/bin/sh\ncase \"\$*\" in *radar*|*waterfall*) exit 1;; esac\nfor file do case \$file in from-*) grep -q -e radar -e waterfall \"\$file\" && exit 1;; esac; done\nexec $gnuplot \"\$@\"\n");
chmod 0755, "$tmp/part.sh";
my @part = (ARI_GNUPLOT => "$tmp/part.sh");
($status, undef, $err) = finish(start($tmp, {@part}, $ari, 'report', '--lang', 'en', 'out-now/ari.db', '-o', 'part.html', '--per-agency', 'pages'));
my $part = slurp("$tmp/part.html");
my @missing = $part =~ m{<p class="soft">Chart missing: ([^<]*)</p>}g;
# 11 agencies with points, each with a waterfall; two fields make no radar.
ok($status == 0 && @missing == 11 && $part =~ /<svg/, 'the report says for each agency that its chart is missing', $status, $err, scalar @missing, @missing);
my ($sheet) = $part =~ m{(<section class="sheet"[^>]*>\s*<h3>Agency a1 .*?</section>)}s;
ok(($sheet // '') =~ m{<p class="soft">Chart missing: [^<]*Agency a1}, 'in its place', $sheet);
ok(slurp("$tmp/pages/a1.html") =~ m{<p class="soft">Chart missing: }, "also on the agency's own page");
done();
