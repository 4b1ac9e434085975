#!/usr/bin/perl
# What stands in the report's sheets and method, each agency's page as a file of its own, and of which round it says it is. All figures are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp start finish);
use Readers qw(tokens text_of);

sub ari { my ($status, $text, $err) = finish(start($tmp, {}, $ari, @_)); return ($status, $text, $err) }
sub must { my ($status, $text, $err) = ari(@_); ok($status == 0, join(' ', @_[0 .. 1]), $err); return $text }
# The text of the row that names this id first, in the part of a page between two ids.
sub row_of { my ($page, $id) = @_; my ($row) = $page =~ m{(<tr[^>]*><th scope="row"[^>]*><span[^>]*>\Q$id\E</span>.*?</tr>)}s; return $row // '' }
sub cells_of { my ($row) = @_; return map { s/<[^>]*>//gr } $row =~ m{<t[hd][^>]*>(.*?)</t[hd]>}gs }
sub files_in { my ($part) = @_; return $part =~ m{<th scope="row" class="item">([^<]*)</th><td><code>[0-9a-f]{64}</code>}g }
sub sheet_of { my ($page, $id) = @_; my ($sheet) = $page =~ m{(<section class="sheet"[^>]*>\s*<h\d>[^<]*<span class="soft">\Q$id\E</span>.*?</section>)}s; return $sheet // '' }

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: pages
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
empty: zero
criteria:
  - {id: share, title: Share, max: 10, inputs: {done: count, due: count}, score: {share: done / due}}
  - {id: guarded, title: Guarded, max: 10, inputs: {a: count, b: count}, score: {points: "if b > 0 then min(10, a / b) else 0"}}
  - {id: plan, title: Plan, max: 10, inputs: {done: yes_no}, score: {yes_no: done}, missing: exclude, not_applicable: exclude, rounding: {leaf: 1}}
YAML
put("$tmp/set/agencies.csv", "id,name,group\na.1,Agency A,g\nĐ_2,Agency Đ,g\nc-3,Agency C,g\n");
put("$tmp/a.yaml", <<'YAML');
ari: evidence/1
set: pages
agency: a.1
period: 2026
evidence:
  share: {done: 9, due: 10}
  guarded: {a: 3, b: 2}
  plan:
    done: yes
    note: as <b>planned</b>
    documents:
      - {number: 12/KH, date: 2026-01-15, title: Plan & budget}
YAML
put("$tmp/rest.csv", "agency,share.done,share.due,guarded.a,guarded.b,plan.done\nĐ_2,0,0,20,1,no\n");

# ---- the method and the sheets ----

for my $case (['en', 'If nothing occurred (0/0): 0 points, the maximum still counts.', 'If nothing occurred'], ['vi', 'Khi không phát sinh (0/0): 0 điểm, điểm tối đa vẫn tính.', 'Khi không phát sinh']) {
  my ($lang, $zero, $if_empty) = @$case;
  must('report', '--lang', $lang, '--period', '2026', '--charts', 'none', "$tmp/set", "$tmp/a.yaml", "$tmp/rest.csv", '-o', "$tmp/$lang.html", '--per-agency', "$tmp/pages-$lang");
  my $page = slurp("$tmp/$lang.html");
  my ($method) = $page =~ m{(<section id="method">.*)}s;
  ok(index((cells_of(row_of($method, 'share')))[2], $zero) > 0, "$lang: what 0/0 comes to is told where it can be", row_of($method, 'share'));
  ok(row_of($method, $_) !~ /\Q$if_empty/, "$lang: and not of $_, which is never 0/0, though the set says it for all") for 'guarded', 'plan';
  my ($missing, $usual, $by) = $lang eq 'vi' ? ('Khi thiếu số liệu: loại ra', 'khi thiếu số liệu: 0 điểm', 'Xếp hạng theo chỉ số đã làm tròn') : ('If figures are missing: left out', 'if figures are missing: 0 points', 'Ranks compare the index as it is shown');
  ok(index($method, $usual) > 0 && index($method, $by) > 0, "$lang: the method tells what ranks compare, and what comes of figures that are missing", $method =~ /(.*?<table)/s);
  ok(index((cells_of(row_of($method, 'plan')))[2], $missing) > 0 && index((cells_of(row_of($method, 'share')))[2], $missing) < 0, "$lang: a criterion for which something else holds says so", row_of($method, 'plan'));
  my $decimals = $lang eq 'vi' ? 'Số chữ số thập phân của điểm: 1.' : 'Decimals of the points: 1.';
  ok(row_of($method, 'plan') =~ /\Q$decimals/ && row_of($method, 'share') !~ /\Q$decimals/, "$lang: as does one that is rounded otherwise", row_of($method, 'plan'));
  my $sheet = sheet_of($page, 'a.1');
  my @plan = cells_of(row_of($sheet, 'plan'));
  ok($plan[3] eq "\xe2\x80\x93" && $plan[5] =~ /as &lt;b&gt;planned&lt;\/b&gt;/ && $plan[5] =~ m{12/KH.*Plan &amp; budget}, "$lang: a note and a document are shown where nothing was lost", @plan);
  is((cells_of(row_of(sheet_of($page, "\xc4\x90_2"), 'guarded')))[5], '', "$lang: where nothing was lost and nothing said, nothing is explained");

  is(join(' ', files_in($method)), 'criteria.yaml agencies.csv a.yaml rest.csv', "$lang: the report on all names every file, without its folder");
  ok($page !~ /\Q$tmp\E/, "$lang: and no folder anywhere");

  # ---- a page each ----
  my @files = sort map { s{.*/}{}r } glob("$tmp/pages-$lang/*");
  is("@files", '%C4%90_2.html a.1.html c-3.html', "$lang: a page for each agency, also for one that handed in nothing");
  for my $file (@files) {
    my $own = slurp("$tmp/pages-$lang/$file");
    my @tokens = eval { tokens($own) };
    my ($id) = $file eq '%C4%90_2.html' ? "\xc4\x90_2" : $file =~ s/\.html$//r;
    ok(!$@ && $own !~ /<script|script-src|href="#ranking"/ && $own =~ /style-src 'sha256-/, "$lang, $file: sound, without a script, and without ways to what is not there", $@);
    my ($mine, $theirs) = map { s/<\/?h[23]>|<p class="back">.*?<\/p>\n//gr } sheet_of($own, $id), sheet_of($page, $id);
    ok(length $mine && $mine eq $theirs, "$lang, $file: the sheet of the report", $mine, $theirs);
    my ($own_method, $own_files) = $own =~ m{(<section id="method">.*?)(<h3>.*?)</section>}s;
    ok(index($page, $own_method // 'none') > 0, "$lang, $file: and its method");
    my %own = ('a.1' => 'a.yaml', "\xc4\x90_2" => 'rest.csv');
    my ($others) = $own_files =~ m{<p>[^<]*: (\d+)</p>};
    is(join(' ', files_in($own_files)), join(' ', 'criteria.yaml', 'agencies.csv', $own{$id} // ()), "$lang, $file: the files of the set and its own, without folders");
    is($others, $own{$id} ? 1 : 2, "$lang, $file: and how many others there are");
    my @levels = map { $_->[0] eq 'open' && $_->[1] =~ /^h(\d)$/ ? $1 : () } @tokens;
    ok("@levels" eq '1 2 2 3', "$lang, $file: headings in order", "@levels");
  }
}
my ($status, $text, $err) = ari('report', '--lang', 'en', '--period', '2026', "$tmp/set", "$tmp/a.yaml", '-o', "$tmp/x.md", '--per-agency', "$tmp/none");
ok($status == 2 && $err =~ /--per-agency goes with a \.html file/ && !-e "$tmp/none", 'a Markdown report has no pages of agencies', $err);
put("$tmp/taken", 'a file');
($status, $text, $err) = ari('report', '--lang', 'en', '--period', '2026', '--charts', 'none', "$tmp/set", "$tmp/a.yaml", '-o', "$tmp/y.html", '--per-agency', "$tmp/taken");
ok($status == 3 && !-e "$tmp/y.html" && slurp("$tmp/taken") eq 'a file', 'a folder that cannot be made: status 3, and no report', $status, $err);

# ---- who receives a maximum that is spread; what holds in one tier alone ----

mkdir "$tmp/to";
put("$tmp/to/criteria.yaml", <<'YAML');
ari: criteria/1
id: to
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
missing: exclude
tiers: {town: {vi: Xã, en: Towns}, county: {vi: Huyện, en: Counties}}
criteria:
  - {id: share, title: {vi: Tỷ lệ, en: Share}, max: 10, inputs: {done: count, due: count}, score: {share: done / due}, empty: {policy: spread, to: [plan]}}
  - {id: plan, title: {vi: Kế hoạch, en: Plan}, max: 10, inputs: {out: yes_no}, score: {yes_no: out}, missing: {town: zero, county: withhold}}
  - {id: rest, title: {vi: Còn lại, en: Rest}, max: 10, inputs: {sent: yes_no}, score: {yes_no: sent}, missing: zero}
YAML
put("$tmp/to/agencies.csv", "id,name,group,tier\na,Agency A,g,town\nb,Agency B,g,town\n");
put("$tmp/to.csv", "agency,share.done,share.due,plan.out,rest.sent\na,0,0,yes,\nb,11999,25000,yes,\n");
# 0 of 0: its 10 points go to the plan alone (10 + 10 = 20), nothing to the rest, which nobody has figures of.
# 11999 / 25000 * 10 = 4.7996, rounded 4.80 as in the column beside it.
for (['vi', 'loại ra, điểm tối đa chia đều cho “Kế hoạch”', 'các tiêu chí còn lại', 'Huyện: Khi thiếu số liệu: chưa công bố kết quả của cơ quan, không xếp hạng.'],
     ['en', 'left out, its maximum is spread over “Plan”', 'over the others', 'Counties: If figures are missing: the agency\'s result is withheld, it is not ranked.']) {
  my ($lang, $to, $others, $county) = @$_;
  my @what = ('--lang', $lang, '--period', '2026', "$tmp/to", "$tmp/to.csv");
  must('report', @what, '--charts', 'none', '-o', "$tmp/to.html");
  my ($sheet, $method) = slurp("$tmp/to.html") =~ m{(<section class="sheet".*)(<section id="method">.*)}s;
  my $told = must('explain', @what, '--agency', 'a', '--criterion', 'share');
  for (['the sheet', row_of($sheet, 'share')], ['the method', row_of($method, 'share')], ['explain', $told]) {
    my ($where, $said) = @$_;
    ok(index($said, $to) > 0 && index($said, $others) < 0, "$lang: $where names who receives the maximum", $said);
  }
  my ($summary, $ranking) = slurp("$tmp/to.html") =~ m{(<section id="summary">.*)(<section id="ranking".*?)</section>}s;
  my $rest = $lang eq 'vi' ? 'không có số liệu để chấm – Còn lại</li>' : 'figures that can be scored – Rest</li>';
  ok(index($summary, $rest) > 0, "$lang: a warning on the page has the title of its criterion", $summary =~ /(W0515.*)/);
  ok($ranking =~ ($lang eq 'vi' ? qr/theo thứ tự: Xã \| Huyện\.</ : qr/in this order: Towns \| Counties\.</), "$lang: what the heads of fields show is said", $ranking =~ /(<h2>.{0,400})/s);
  my $rounded = $lang eq 'vi' ? 'làm tròn = 4,80' : 'rounded = 4.80';
  ok(index($sheet, $rounded) > 0, "$lang: a rounded figure has the decimals of the column", row_of(sheet_of($sheet, 'b'), 'share'));
  my $row = text_of(tokens(row_of($method, 'plan'))) =~ s/&#39;|&apos;/'/gr;
  ok(index($row, $county) > 0, "$lang: what holds in one tier stands behind its name", $row);
}

# ---- a round: its state and the end of its log; what evaluators decided is told where nothing was lost by it ----

my $db = "$tmp/round.db";
must('round', 'open', $db, "$tmp/set", '--period', '2026', '--lang', 'en');
must('submit', $db, "$tmp/a.yaml", "$tmp/rest.csv", '--lang', 'en');
must('round', 'set', $db, 'appraising', '--lang', 'en');
put("$tmp/first.yaml", "ari: appraisal/1\nset: pages\nagency: Đ_2\nappraisal:\n  guarded: {accept: yes, reason: as in the register}\n  plan: {points: 10, reason: the plan came in time}\n");
must('appraise', $db, "$tmp/first.yaml", '--lang', 'en');
must('report', $db, '--lang', 'en', '--charts', 'none', '-o', "$tmp/round.html");
my $page = slurp("$tmp/round.html");
my @log = split /\n/, must('log', $db, '--format', 'csv');
my ($head) = $log[-1] =~ /([0-9a-f]{64})$/;
my ($files) = $page =~ m{(<section id="method">.*)}s;
my $n = @log - 1;
ok($head && $files =~ m{<p>Round 2026: [^<.]+\. End of the log: $head \($n entries\)\.</p>}, 'the report tells the end of the log of its round', $head, $files =~ /(.{0,80}End of the log.{0,100})/s);
must('report', $db, '--lang', 'en', '-o', "$tmp/round.md");
my ($sentence) = $files =~ m{<p>(Round 2026: .*?)</p>};
ok(index(slurp("$tmp/round.md") =~ s/\\(.)/$1/gr, $sentence) > 0, 'in the same words as the Markdown', $sentence, slurp("$tmp/round.md"));
ok($page =~ m{<header>.*round 2026: [^<]+</p>.*</header>}s, 'and in its head the state of the round', $page =~ m{(<header>.*</header>)}s);
my $sheet = sheet_of($page, "\xc4\x90_2");
ok(row_of($sheet, 'guarded') =~ /as in the register/ && row_of($sheet, 'plan') =~ /the plan came in time/, 'decisions are shown with their reasons, also where nothing was lost', row_of($sheet, 'guarded'), row_of($sheet, 'plan'));
done();
