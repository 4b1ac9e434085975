#!/usr/bin/perl
# Every kind of chart in a real browser, for few and many agencies with the shortest and the longest names, in both languages: no text lies on another, none is cut off. All figures are
# invented.
use strict;
use warnings;
use utf8;
use Encode qw(encode_utf8);
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

need('chromium');
my @chromium = ('/usr/bin/env', 'timeout', 90, 'chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                '--disable-component-update', '--disable-sync', '--disable-default-apps', "--user-data-dir=$tmp/profile");
my @fields = ('Công tác chỉ đạo, điều hành cải cách hành chính', 'Cải cách thể chế', 'Cải cách thủ tục hành chính', 'Cải cách tổ chức bộ máy hành chính nhà nước', 'Cải cách chế độ công vụ',
              'Cải cách tài chính công', 'Xây dựng và phát triển chính quyền điện tử, chính quyền số',
              'Tác động của cải cách hành chính đến người dân, tổ chức và phát triển kinh tế - xã hội');
my @long = ('Ban Quản lý các khu công nghiệp và khu kinh tế tỉnh kiêm Văn phòng điều phối phát triển vùng đồng bằng sông Hồng và duyên hải Bắc Bộ',
            'Ủy ban nhân dân phường Hoàng Văn Thụ – Nguyễn Đăng Đạo (đơn vị hành chính mới thành lập)', 'A', 'Sở Nội vụ');

sub put { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f encode_utf8($text); close $f or die "$path: $!" }

# A set of eight fields of two criteria, n agencies in two groups; the last one has submitted nothing. Points and claims go up and down by fixed steps.
sub make {
  my ($n) = @_;
  my $set = "$tmp/set$n";
  mkdir $set;
  my $tree = join '', map {
    my $i = $_;
    "  - id: f$i\n    title: '$fields[$i - 1]'\n    criteria:\n" . join '', map { "      - {id: f$i.$_, max: 6.25, inputs: {p: number}, score: {points: p}}\n" } 1, 2
  } 1 .. 8;
  put("$set/criteria.yaml", "ari: criteria/1\nid: trial\ntitle: {vi: Chỉ số cải cách hành chính (số liệu giả định), en: Public administration reform index (invented)}\nperiod: year\n"
    . "missing: zero\nrounding: {leaf: 2}\ngroups: {a: {vi: \"Sở, ngành\", en: Departments}, b: {vi: \"Xã, phường, đặc khu\", en: Communes}}\ncriteria:\n$tree");
  put("$set/agencies.csv", "id,name,group\n" . join '', map { "x$_,\"" . ($_ % 3 ? "Xã Đại Đồng $_" : "$long[$_ % 4] $_") . '",' . ($_ <= 2 + $n / 4 ? 'a' : 'b') . "\n" } 1 .. $n);
  my @columns = map { ("f$_.1", "f$_.2") } 1 .. 8;
  for my $year (2023, 2024, 2025) {
    my $rows = join ',', 'agency', map { ("$_.p", "$_.claimed") } @columns;
    for my $k (1 .. $n - 1) {
      my @cells = map { my $p = (($k * 37 + $_ * 101 + $year % 7 * 53 * ($k % 5)) % 626) / 100; ($p, $k == 2 ? '' : $p > 6 ? $p : $p + ($_ % 3) / 10) } 1 .. 16;
      $rows .= "\n" . join ',', "x$k", @cells;
    }
    put("$set/$year.csv", "$rows\n");
    my ($status, $said) = run("$build/release/ari", 'run', $set, "$set/$year.csv", '--period', $year, '-o', "$set/$year", '--charts', 'none');
    ok($status eq 0, "$n agencies in $year", $said);
  }
  my ($status, $csv) = run("$build/release/ari", 'rank', "$set/2025/ari.db", '--format', 'csv');
  put("$set/table.csv", "agency,rank,low,median,high\n" . intervals($csv));
  return $set;
}

# Ranks of each group end with how many are ranked in it.
sub intervals {
  my ($csv) = @_;
  my ($head, @rows) = map { [split /,/, $_, -1] } split /\n/, $csv;
  my %at = map { $head->[$_] => $_ } 0 .. $#$head;
  my (%ranked, $table);
  $ranked{$_->[$at{group}]}++ for grep { $_->[$at{rank}] } @rows;
  for my $r (grep { $_->[$at{rank}] } @rows) {
    my ($rank, $last) = ($r->[$at{rank}], $ranked{$r->[$at{group}]});
    $table .= "$r->[$at{agency}],$rank,1,$rank," . ($rank + 7 < $last ? $rank + 7 : $last) . "\n";
  }
  return $table;
}

my $script = <<'JS';
const out = [];
for (const svg of document.querySelectorAll('svg')) {
  const page = svg.getBoundingClientRect(), name = svg.previousElementSibling.textContent;
  const texts = [...svg.querySelectorAll('text')].map(e => ({say: e.textContent, box: e.getBoundingClientRect()})).sort((a, b) => a.box.top - b.box.top);
  if (!texts.length) out.push(name + ' has no text');
  texts.forEach((t, i) => {
    const a = t.box;
    if (a.left < page.left || a.right > page.right || a.top < page.top || a.bottom > page.bottom) out.push(name + ' cuts: ' + t.say);
    for (let k = i + 1; k < texts.length && texts[k].box.top < a.bottom - 4; k++) {
      const b = texts[k].box;
      if (a.left < b.right - 1 && b.left < a.right - 1) out.push(name + ': ' + t.say + ' / ' + texts[k].say);
    }
  });
}
document.body.textContent = 'LOOKED AT ' + out.length + '\n' + out.slice(0, 20).join('\n');
JS

for my $n (3, 15, 63, 163) {
  my $set = make($n);
  my @periods = map { "$set/$_/ari.db" } 2023, 2024, 2025;
  for my $lang ('vi', 'en') {
    my $page = '<!DOCTYPE html><meta charset="utf-8"><body>';
    my $drawn = 0;
    for my $kind (qw(ranking radar heat distribution waterfall dumbbell interval bump)) {
      my @more = $kind eq 'radar' || $kind eq 'waterfall' ? ('--agency', 'x1') : $kind eq 'interval' ? ('--table', "$set/table.csv") : ();
      my ($status, $said) = run("$build/release/ari", 'chart', '--lang', $lang, $kind eq 'bump' ? @periods : $periods[2], $kind, @more, '-o', "$tmp/$kind.svg");
      $drawn++ if ok($status eq 0, "$kind of $n agencies in $lang", $said);
      $page .= "<p>$kind</p>" . (slurp("$tmp/$kind.svg") =~ s/^.*?(?=<svg)//sr);
    }
    open(my $f, '>:raw', "$tmp/page.html") or die;
    print $f "$page<script>$script</script>";
    close $f;
    my ($browser, $seen) = run(@chromium, '--dump-dom', "file://$tmp/page.html");
    my ($found) = $seen =~ /(LOOKED AT .*)/s;
    ok(($found // '') =~ /^LOOKED AT 0\b/ && $drawn == 8, "$n agencies in $lang: no text lies on another or is cut", $found // "nothing was looked at: $browser");
  }
}
done();
