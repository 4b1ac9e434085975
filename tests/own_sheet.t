#!/usr/bin/perl
# The sheet that an agency prints and signs: what it claims beside what the rules give, why they differ, what is missing, how the total can still end, documents, fingerprint;
# the same bytes wherever it is made, and nothing in it that loads or runs. All figures and documents are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp start finish);
use Digest::SHA qw(sha256_base64);
use Encode qw(encode_utf8);
use File::Copy qw(copy);
use JSON::PP qw(decode_json);

sub ari_in { my ($folder, $env, @words) = @_; return finish(start("$tmp/$folder", $env, $ari, @words)) }

mkdir "$tmp/$_" for 'a', 'a/docs', 'b', 'b/in', 'b/in/docs';
put("$tmp/a/criteria.yaml", <<'YAML');
ari: criteria/1
id: sheet
version: 2026-01
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
criteria:
  - id: office
    title: {vi: Nội vụ, en: Office}
    criteria:
      - id: tasks
        title: {vi: "Nhiệm vụ <b>hoàn thành</b>", en: "Tasks <b>done</b>"}
        max: 5
        documents: 1
        inputs: {done: count, all: {type: count, from: 1}}
        score: {share: done / all}
      - id: train
        title: {vi: Tập huấn, en: Training}
        max: 3
        inputs: {held: count}
        score: {count: held, each: 1, at_most: 3}
  - id: survey
    title: {vi: Hài lòng, en: Satisfaction}
    max: 10
    source: survey
    inputs: {rate: {type: percent, title: {vi: Tỷ lệ hài lòng, en: Share of the satisfied}}}
    score: {share: rate}
YAML
put("$tmp/a/agencies.csv", "id,name,group\nx,Sở \"X\" & <i>Y</i>,g\n");
put("$tmp/a/x.yaml", <<'YAML');
ari: evidence/1
set: sheet
agency: x
period: 2026
evidence:
  tasks:
    done: 7
    all: 9
    claimed: 4.5
    note: "<script>alert(1)</script>"
    documents:
      - {number: 12/KH, date: 2026-01-15, title: Kế hoạch, file: docs/12.pdf}
      - {number: 13/KH, file: docs/13.pdf}
  train: {claimed: 3}
YAML
put("$tmp/a/docs/12.pdf", 'plan');
put("$tmp/a/docs/12b.pdf", 'plan');

for my $lang ('vi', 'en') {
  my %w = $lang eq 'vi'
    ? (title => 'Phiếu tự chấm điểm', higher => 'Tự chấm cao hơn điểm được tính: 0,61', rule => 'Tính tỷ lệ', range => 'Khoảng điểm có thể đạt', from => '3,89 – 16,89 (21,61 – 93,83 %)',
       missing => 'Số liệu, tài liệu còn thiếu', pending => 'Chờ kết quả từ nơi khác', input => 'Tỷ lệ hài lòng', absent => 'không thấy tệp', unnamed => 'chưa tiêu chí nào nêu tên; cùng nội dung với docs/12.pdf',
       day => '15/01/2026', sign => 'THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ', cells => '<td>5</td><td>4,50</td><td>3,89</td><td>−0,61</td>', max => 'Tối đa của phần đã có kết quả', claimed => '7,50')
    : (title => 'Self-assessment sheet', higher => 'Claimed more than scored, by: 0.61', rule => 'The share is', range => 'Where the total can still end', from => '3.89 – 16.89 (21.61 – 93.83 %)',
       missing => 'What is missing', pending => 'Pending: others supply it', input => 'Share of the satisfied', absent => 'not found', unnamed => 'no criterion names it; the same contents as docs/12.pdf',
       day => '15 January 2026', sign => 'Head of the agency', cells => '<td>5</td><td>4.50</td><td>3.89</td><td>−0.61</td>', max => 'Max of what is settled', claimed => '7.50');
  my ($status, $said, $e) = ari_in('a', {}, 'assess', '.', 'x.yaml', '-o', "s.$lang.html", '--lang', $lang);
  ok($status eq 0 && $said =~ /: s\.$lang\.html\n$/, "$lang: written", $status, $said, $e);
  my $page = slurp("$tmp/a/s.$lang.html");
  (undef, my $json) = ari_in('a', {}, 'assess', '.', 'x.yaml', '--format', 'json', '--lang', $lang);
  my $sheet = decode_json($json);
  # tasks: 7 / 9 of 5 = 3.888… = 3.89; claimed 4.5: 0.61 more. train is missing: 0 of 3. Still possible: 3.89 to 3.89 + 3 + 10 = 16.89 of 18.
  ok(index($page, $w{$_}) >= 0, "$lang: $_: $w{$_}", $page) for sort keys %w;
  ok($page =~ m{<code class="print">\Q$sheet->{fingerprint}\E</code>}, "$lang: the fingerprint is that of the sheet on the terminal");
  ok($page =~ m{<td><code>\Q$sheet->{documents}[0]{sha256}\E</code>}, "$lang: and documents have their hashes");
  ok($page =~ m{<tr class="l1"><th scope="row"><span>office</span> [^<]*</th><td>8</td><td>7[.,]50</td><td>3[.,]89</td><td>−3[.,]61</td>}, "$lang: all below is claimed: 4.5 + 3 beside 3.89 + 0", $page);
  ok($page =~ m{<span>survey</span> [^<]*</th><td>\(10\)</td><td></td><td>–</td><td></td>}, "$lang: what is pending stands with its maximum");
  ok($page !~ m{<script|<b>(?:hoàn|done)|<i>Y}, "$lang: what users wrote is no markup");
  my ($style) = $page =~ m{<style>(.*?)</style>}s;
  my $hash = sha256_base64($style // '') . '=';
  ok($page =~ m{content="default-src 'none'; style-src 'sha256-\Q$hash\E'; base-uri 'none'; form-action 'none'"}, "$lang: the policy lets nothing in but the style sheet", $hash);
  ok($page !~ m{(?:src|href)=}, "$lang: nothing is loaded and nothing leads away");

  copy("$tmp/a/$_", "$tmp/b/$_") for 'criteria.yaml', 'agencies.csv';
  copy("$tmp/a/$_", "$tmp/b/in/$_") for 'x.yaml', 'docs/12.pdf', 'docs/12b.pdf';
  ari_in('b', {SOURCE_DATE_EPOCH => 1893456000}, 'assess', '../b', 'in/x.yaml', '-o', 's.html', '--lang', $lang);
  ok(slurp("$tmp/b/s.html") eq $page, "$lang: elsewhere and years later the same page");
}

# ---- what it is not written for ----

sub refused {
  my ($name, $pattern, @words) = @_;
  my ($status, $said, $e) = ari_in('a', {}, 'assess', '.', 'x.yaml', '--lang', 'en', @words);
  return ok($status eq 2 && $e =~ $pattern, $name, $status, $e);
}
refused('another kind of file', qr/ends in \.html, not 's\.pdf'/, '-o', 's.pdf');
refused('and JSON beside it', qr/leave --format json out/, '-o', 's.html', '--format', 'json');
my ($status, $said, $e) = ari_in('a', {}, 'assess', '.', 'x.yaml', '-o', 'nowhere/s.html');
ok($status eq 3 && $e =~ /\[F\d{4}\]/, 'a folder that is not there', $status, $e);

# ---- sums over other criteria are not compared ----

put("$tmp/a/part.yaml", slurp("$tmp/a/x.yaml") =~ s/  train: \{claimed: 3\}\n/  train: {held: 3}\n/r);
ari_in('a', {}, 'assess', '.', 'part.yaml', '-o', 'part.html', '--lang', 'en');
my $part = slurp("$tmp/a/part.html");
ok($part =~ m{<span>office</span> Office</th><td>8</td><td>4\.50</td><td>6\.89</td><td></td>}, '4.5 claimed of one criterion beside 3.89 + 3 of two: no difference', $part);
ok($part !~ m{<th scope="row">Off by</th>}, 'nor of the total');
ok($part =~ m{\(1/2 criteria that have points\)}, 'the total says of how many points are claimed', $part);

# ---- what has no points yet is in no sum ----

# survey is pending: 9 claimed of it stand in its own row alone. tasks 4.5 + train 3 = 7.5 beside 3.89 + 2 = 5.89: 1.61 more.
put("$tmp/a/waits.yaml", slurp("$tmp/a/x.yaml") =~ s/  train: \{claimed: 3\}\n/  train: {held: 2, claimed: 3}\n  survey: {claimed: 9}\n/r);
ari_in('a', {}, 'assess', '.', 'waits.yaml', '-o', 'waits.html', '--lang', 'en');
my $waits = slurp("$tmp/a/waits.html");
ok($waits =~ m{<th scope="row">Claimed</th><td class="n">7\.50</td>} && $waits =~ m{<th scope="row">Off by</th><td class="n">−1\.61</td>}, 'the total: 4.5 + 3 beside 3.89 + 2', $waits);
ok($waits =~ m{<span>survey</span> [^<]*</th><td>\(10\)</td><td>9\.00</td><td>–</td><td></td>}, 'what is pending keeps its claim in its row', $waits);
put("$tmp/a/only.yaml", "ari: evidence/1\nset: sheet\nagency: x\nperiod: 2026\nevidence:\n  tasks: {done: 7, all: 9}\n  survey: {claimed: 9}\n");
ari_in('a', {}, 'assess', '.', 'only.yaml', '-o', 'only.html', '--lang', 'en');
ok(slurp("$tmp/a/only.html") !~ m{<th scope="row">Claimed</th>}, 'nothing is claimed of what has points: no sum');

# ---- an agency without anything, and one that is complete ----

put("$tmp/a/y.csv", "agency,tasks.done,tasks.all,train.held,survey.rate\nx,9,9,3,100%\n");
($status, $said, $e) = ari_in('a', {}, 'assess', '.', 'y.csv', '--period', '2026', '-o', 'y.html', '--lang', 'en');
my $page = slurp("$tmp/a/y.html");
ok($page =~ /documents|Documents: needed 1, named 0/ && $page =~ /No documents are named\./ && $page !~ /Pending: others/, 'evidence in a table names no documents', $page);
put("$tmp/a/list.csv", "id,name,group\nx,X,g\nz,Z,g\n");
rename "$tmp/a/list.csv", "$tmp/a/agencies.csv";
($status, $said, $e) = ari_in('a', {}, 'assess', '.', 'y.csv', '--period', '2026', '--agency', 'z', '-o', 'z.html', '--lang', 'en');
ok($status eq 0 && slurp("$tmp/a/z.html") =~ /no evidence submitted/, 'who handed in nothing has a sheet that says so', $status, $e);
done();
