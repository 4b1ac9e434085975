#!/usr/bin/perl
# The report in a real browser: what it was loaded from, what it complains of, what its script does, what a reader sees, hears and prints.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use Unicode::Collate::Locale;
use Unicode::Normalize qw(NFD);
use lib dirname($0), dirname($0) . '/..';
use Deep;
use Readers qw(csv_rows);
use WebDriver;

binmode STDOUT, ':utf8';
need('chromium');
need('chromedriver');
need('pdftotext');
my @print = ('/usr/bin/env', 'timeout', 500, 'chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
             '--disable-sync', "--user-data-dir=$tmp/printing", '--no-pdf-header-footer');
my $browser = WebDriver->new("$tmp/profile") or die "chromedriver does not start\n";
sub text { my ($bytes) = @_; utf8::decode(my $text = $bytes); return $text }
sub plain { my ($text) = @_; my $plain = lc(NFD($text)) =~ s/\p{Mn}//gr; return $plain =~ tr/đ/d/r }

# Names and ids of the rows of the n-th table of agencies, as they stand now.
sub names { my ($table) = @_; return @{$browser->js('return Array.from(document.querySelectorAll("table.agencies")[arguments[0]].tBodies[0].rows, r => r.querySelector("th span").textContent)', $table)} }
sub same { my ($got, $want, $name) = @_; ok("@$got" eq "@$want", $name, "got  @$got[0 .. ($#$got < 9 ? $#$got : 9)]", "want @$want[0 .. ($#$want < 9 ? $#$want : 9)]") }
sub sorted_by { return $browser->js('return Array.from(document.querySelector("table.agencies").tHead.rows[0].cells, c => c.getAttribute("aria-sort")).join(" ")') }

# The browser complains of nothing, and asks for nothing but the page. What it asks for on its own account is no request of the page.
sub check_quiet {
  my ($name) = @_;
  my @complaints = map { $_->{message} } $browser->told('browser');
  ok(!@complaints, "$name: the browser complains of nothing", @complaints);
  my @asked = grep { !/^file:/ } map { my $m = decode_json($_->{message})->{message}; $m->{method} eq 'Network.requestWillBeSent' ? $m->{params}{request}{url} : () } $browser->told('performance');
  ok(!@asked, "$name: nothing is asked of a network", @asked);
}

# ---- accessibility: what the page is made of, and contrast as the browser comes to it ----

my $STRUCTURE = <<'JS';
const wrong = [];
let level = 0;
for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
  const next = Number(h.tagName[1]);
  if (next > level + 1) wrong.push('h' + next + ' after h' + level + ': ' + h.textContent);
  if (!h.textContent.trim()) wrong.push('an empty heading');
  level = next;
}
if (document.querySelectorAll('h1').length !== 1) wrong.push('one h1');
for (const th of document.querySelectorAll('th')) if (!th.scope) wrong.push('no scope: ' + th.textContent);
for (const input of document.querySelectorAll('input, select, textarea')) if (!input.labels || !input.labels.length || !input.labels[0].textContent.trim()) wrong.push('no label: ' + input.id);
for (const b of document.querySelectorAll('button, a')) if (!b.textContent.trim()) wrong.push('no name: ' + b.outerHTML.slice(0, 80));
for (const svg of document.querySelectorAll('svg')) if (svg.getAttribute('role') !== 'img' || !svg.querySelector('title').textContent || !svg.querySelector('desc').textContent) wrong.push('a picture says nothing');
for (const desc of document.querySelectorAll('svg > desc')) if (!/\d/.test(desc.textContent)) wrong.push('a picture tells no figure: ' + desc.textContent.slice(0, 80));
for (const main of ['header', 'nav', 'main']) if (document.querySelectorAll('body > ' + main).length !== 1) wrong.push('one ' + main);
if (!document.documentElement.lang || !document.title) wrong.push('no language or title');
return wrong.slice(0, 10);
JS
my $CONTRAST = <<'JS';
const parts = c => c.match(/[\d.]+/g).map(Number);
const light = c => { const [r, g, b] = parts(c).slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parts(c).length < 4 || parts(c)[3] > 0) return c; } return 'rgb(255, 255, 255)'; };
const wrong = new Map();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let seen = 0;
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || e.closest('svg, script, datalist')) continue;
  const ink = getComputedStyle(e).color, below = ground(e), a = light(ink), b = light(below);
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  seen++;
  if (ratio < 4.5) wrong.set(ink + ' on ' + below, ratio.toFixed(2) + ' ' + ink + ' on ' + below + ': ' + walker.currentNode.data.slice(0, 40));
}
/* In pictures, texts that stand on coloured areas have colours of their own, which are made for those (chart.h); all others stand on the ground. */
for (const text of document.querySelectorAll('svg text')) {
  const ink = getComputedStyle(text).fill;
  if (['rgb(27, 31, 37)', 'rgb(254, 254, 254)'].includes(ink)) continue;
  const below = ground(text.closest('figure')), a = light(ink), b = light(below), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  seen++;
  if (ratio < 4.5) wrong.set(ink + ' on ' + below, ratio.toFixed(2) + ' ' + ink + ' on ' + below + ': ' + text.textContent.slice(0, 40));
}
return seen < 100 ? ['only ' + seen + ' texts'] : Array.from(wrong.values());
JS

sub check_access {
  my ($name) = @_;
  my $wrong = $browser->js($STRUCTURE);
  ok(!@$wrong, "$name: headings in order, heads with scope, names and labels, pictures in words", @$wrong);
  for my $scheme ('light', 'dark') {
    $browser->cdp('Emulation.setEmulatedMedia', {features => [{name => 'prefers-color-scheme', value => $scheme}]});
    my $bad = $browser->js($CONTRAST);
    ok(!@$bad, "$name: every text has a contrast of 4.5 to 1, $scheme", @$bad);
  }
  $browser->cdp('Emulation.setEmulatedMedia', {features => []});
}

# ---- paper ----

# A picture is no longer than a page of A4 within its margins, upright or, where it is wide, across: 186 mm by 273 mm; a pixel is 25.4/96 mm.
my $TOO_LONG = <<'JS';
return Array.from(document.querySelectorAll('figure svg')).filter(function (svg) {
  const wide = svg.closest('figure').classList.contains('wide'), across = wide ? 273 : 186, down = wide ? 186 : 273;
  const {width, height} = svg.viewBox.baseVal;
  return height / width * Math.min(across, width * 25.4 / 96) > down;
}).map(svg => svg.querySelector('title').textContent).slice(0, 5);
JS

# Pages on which rows of the ranking stand ("12 Name 67,00 100 67,00") and no head; pages that have a heading and nothing else.
sub headless { my ($head, @pages) = @_; my $figure = qr/\d+[.,]\d\d/; return grep { my $rows = () = $pages[$_] =~ /^\s*=?\d+\s+\S.*?\s$figure\s+100\s+$figure\s/mg; $rows > 1 && $pages[$_] !~ $head } 0 .. $#pages }
sub empty { my (@pages) = @_; return grep { my @lines = grep { /\S/ } split /\n/, $pages[$_]; @lines < 3 && $_ < $#pages && "@lines" !~ /\d/ } 0 .. $#pages }

# ---- the real month, in both languages ----

for my $lang ('vi', 'en') {
  my ($status, $said) = run("$build/release/ari", 'run', '--lang', $lang, @real, '-o', "$tmp/$lang");
  ok($status eq 0, "the real example in $lang", text($said));
  my $size = -s "$tmp/$lang/report.html";
  ok($size < 3_000_000, "$lang: 163 agencies with all charts in less than 3 MB", $size);
  $browser->open_page('about:blank');
  $browser->told('performance');   # of the page with which the browser itself begins
  $browser->open_page("file://$tmp/$lang/report.html");
  ok($browser->js('return document.querySelector("h1").textContent.length > 5 && document.querySelectorAll("section.sheet").length') == 163, "$lang: the page is there");
  check_quiet($lang);
  check_access($lang);

  my (undef, @ranking) = csv_rows(slurp("$tmp/$lang/ranking.csv"));
  my @departments = grep { $_->[2] eq 'department' } @ranking;
  my @order = map { $_->[1] } @departments;
  same([names(0)], \@order, "$lang: at first the order of the ranking");
  ok(sorted_by() =~ /^ascending( none)+$/, "$lang: which the table says", sorted_by());
  my @by_points = map { $_->[1] } sort { $a->[3] <=> $b->[3] } @departments;   # perl's sort is stable, as the report's must be
  $browser->click('table.agencies th:nth-child(3) button');
  same([names(0)], \@by_points, "$lang: a click sorts by points, equals in the order of the ranking");
  ok(sorted_by() =~ /^none none ascending( none)+$/, "$lang: and the table says so", sorted_by());
  $browser->type('table.agencies th:nth-child(3) button', "\x{E007}");
  same([names(0)], [map { $_->[1] } sort { $b->[3] <=> $a->[3] } @departments], "$lang: Enter on the button turns it round");
  ok(sorted_by() =~ /^none none descending( none)+$/, "$lang: and the table says that", sorted_by());
  my %name = map { my ($id, $name) = @$_; (text($id) => text($name)) } csv_rows(slurp("$top/criteria/service-quality-766/agencies.csv"));
  my $vi = Unicode::Collate::Locale->new(locale => 'vi', variable => 'non-ignorable');
  my @communes = map { $_->[1] } grep { $_->[2] eq 'commune' } @ranking;
  $browser->js('document.querySelectorAll("table.agencies")[1].tHead.rows[0].cells[1].querySelector("button").click()');
  my @keys = map { $name{$_} } names(1);
  my @unsorted = grep { $vi->gt($keys[$_ - 1], $keys[$_]) } 1 .. $#keys;
  ok(@keys == @communes && !@unsorted, "$lang: names in the order of Vietnamese, as Unicode's collation has it", map { "$keys[$_ - 1] > $keys[$_]" } @unsorted);
  $browser->js('document.querySelector("table.heat").tHead.rows[0].cells[1].querySelector("button").click()');
  my $values = $browser->js('return Array.from(document.querySelector("table.heat").tBodies[0].rows, r => Number(r.cells[1].dataset.value))');
  ok(!(grep { $values->[$_ - 1] > $values->[$_] } 1 .. $#$values), "$lang: the table of fields can be sorted too", @$values);

  my @found = grep { plain($name{$_}) =~ /yen phu/ } map { $_->[1] } @ranking;
  my $shown = 'return Array.from(document.querySelectorAll("#ranking tbody tr")).filter(r => r.offsetParent !== null).map(r => r.querySelector("th span").textContent)';
  $browser->type('#filter', 'yen phu');
  same([sort @{$browser->js($shown)}], [sort @found], "$lang: the filter finds names without their marks");
  my $told = $browser->js('return document.querySelector("[role=status]").textContent');
  ok($told eq ($lang eq 'vi' ? @found . ' trong 163 cơ quan' : @found . ' of 163 agencies'), "$lang: and says how many", $told);
  $browser->clear('#filter');
  $browser->type('#filter', $lang eq 'vi' ? 'SỞ, NGÀNH' : 'departments');
  ok(@{$browser->js($shown)} == @departments, "$lang: it finds groups");
  $browser->clear('#filter');
  $browser->type('#filter', ' ');
  ok(@{$browser->js($shown)} == @ranking && $browser->js('return document.querySelector("[role=status]").textContent') eq '', "$lang: without words all are there again");

  my ($target) = grep { plain($name{$_}) =~ /yen phu/ } names(1);
  $browser->type('#jump', "yên phú\x{E007}");
  my $at = $browser->js('return [document.activeElement.textContent, location.hash, document.activeElement.closest("section").id]');
  ok($at->[0] =~ /\Q$target\E$/ && $at->[1] eq "#$at->[2]", "$lang: Enter goes to an agency's sheet, and the keyboard with it", @$at);
  check_quiet("$lang, after all that");

  # Through the command line: the driver gives up on what takes longer than ten seconds to print.
  my ($printed, $why) = run(@print, "--print-to-pdf=$tmp/$lang.pdf", "file://$tmp/$lang/report.html");
  ok($printed eq 0 && slurp("$tmp/$lang.pdf") =~ /\A%PDF-/, "$lang: it prints", $why);
  my ($read, $words) = run('pdftotext', '-layout', "$tmp/$lang.pdf", '-');
  $words = text($words);
  my @lost = grep { index($words, $_) < 0 } 'UBND xã Yên Phú', 'Sở Nội vụ', $lang eq 'vi' ? ('Bảng xếp hạng', 'Phiếu điểm từng cơ quan') : ('Ranking', 'Each agency');
  ok($read eq 0 && !@lost, "$lang: what is printed can be searched", @lost);
  my $head = $lang eq 'vi' ? qr/Hạng\s+Cơ quan/ : qr/Rank\s+Agency/;
  my $heads = () = $words =~ /$head/g;
  ok($heads > 3, "$lang: tables repeat their heads on every page", $heads);
  my @pages = split /\f/, $words;
  my @headless = headless($head, @pages);
  my $with_rows = grep { /$head/ } @pages;
  ok($with_rows > 2 && !@headless, "$lang: on each page with rows of the ranking its head is read", map { substr $pages[$_], 0, 300 } @headless);
  my @empty = empty(@pages);
  ok(!@empty, "$lang: no page has a heading alone", map { $_ + 1 . ": $pages[$_]" } @empty);
  my $long = $browser->js($TOO_LONG);
  ok(!@$long, "$lang: every picture has room on one page", @$long);
  ok($words !~ /↕|Lọc theo|Show only/, "$lang: what only a screen can use is not printed");
  $browser->cdp('Emulation.setDeviceMetricsOverride', {width => 360, height => 700, deviceScaleFactor => 1, mobile => JSON::PP::true});
  ok($browser->js('return document.documentElement.scrollWidth <= 360'), "$lang: a telephone shows it without scrolling sideways", $browser->js('return document.documentElement.scrollWidth'));
  my $hidden = $browser->js('return Array.from(document.querySelectorAll("table.small td")).filter(td => td.getBoundingClientRect().right > 360).length');
  ok($hidden == 0, "$lang: with the figures of the summary", $hidden);
  $browser->cdp('Emulation.clearDeviceMetricsOverride', {});
  my $cut = $browser->js('return Array.from(document.querySelectorAll("#ranking .scroll")).filter(box => box.scrollWidth > box.clientWidth).length');
  ok($cut == 0, "$lang: the ranking's tables fit a screen of 1280 pixels", $cut);

  $browser->js('const s = document.createElement("script"); s.textContent = "window.ran = 1"; document.body.append(s); const i = new Image(); i.src = "http://127.0.0.1:9/x.png"; document.body.append(i)');
  ok(!$browser->js('return window.ran') && 2 <= grep({ $_->{message} =~ /Content Security Policy/ } $browser->told('browser')), "$lang: the policy is in force: no other script, no picture from elsewhere");
  $browser->told('performance');
}

# ---- hostile names ----

my @names = ('<script>window.ran = 1</script>', '"><img src=x onerror="window.ran = 1">', q{'-alert(1)-' & "onmouseover="window.ran=1}, '</title></style><svg onload="window.ran=1">');
mkdir "$tmp/hostile" or die;
my %file = (
  'criteria.yaml' => qq{ari: criteria/1\nid: h\ntitle: '<b onclick="window.ran=1">set</b></title><script>window.ran = 1</script>'\nperiod: [year]\nrounding: {leaf: 2}\n}
    . qq{criteria:\n  - id: a\n    title: '$names[1]'\n    max: 10\n    inputs: {x: number}\n    score: {points: x}\n  - id: b\n    max: 5\n    inputs: {x: number}\n    score: {points: x}\n},
  'agencies.csv' => join("\n", 'id,name,group', map { 'h' . ($_ + 1) . ',"' . ($names[$_] =~ s/"/""/gr) . '",g' } 0 .. $#names) . "\n",
  'evidence.csv' => join("\n", 'agency,a.x,b.x,a.note', map { "h$_,$_,1,</td><script>window.ran=1</script>" } 1 .. @names) . "\n",
);
for my $file (keys %file) { open(my $f, '>:utf8', "$tmp/hostile/$file") or die; print $f $file{$file}; close $f }
my ($status, $said) = run("$build/release/ari", 'run', '--lang', 'vi', '--period', '2026', "$tmp/hostile", "$tmp/hostile/evidence.csv", '-o', "$tmp/hostile/out");
ok($status eq 0, 'a set and agencies with hostile names', text($said));
$browser->open_page("file://$tmp/hostile/out/report.html");
my $seen = $browser->js('return Array.from(document.querySelectorAll("#ranking tbody th a"), a => a.textContent)');
same([sort @$seen], [sort @names], 'they are shown as they were written');
$browser->click('table.agencies th:nth-child(2) button');
$browser->type('#filter', '<script');
$browser->type('#jump', "img src\x{E007}");
my $elements = $browser->js('return [window.ran === undefined, document.scripts.length, document.images.length, document.querySelectorAll("[onclick],[onerror],[onload],i,b[onclick]").length].join()');
ok($elements eq 'true,1,0,0', 'none of them is markup, sorted, filtered or gone to', $elements);
check_quiet('hostile names');
$browser->quit;
done();
