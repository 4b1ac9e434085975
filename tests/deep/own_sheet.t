#!/usr/bin/perl
# The sheet that an agency signs, in a real browser: it complains of nothing and loads nothing, fits a telephone, and printed on A4 its Vietnamese words can be found, no letter of
# a table is cut, and the signatures stand on the page of the fingerprint.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use JSON::PP qw(decode_json);
use lib dirname($0);
use Deep;
use WebDriver;

binmode STDOUT, ':utf8';
need($_) for 'chromium', 'chromedriver', 'pdftotext', 'pdfinfo';
my @print = ('/usr/bin/env', 'timeout', 200, 'chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
             '--disable-sync', "--user-data-dir=$tmp/printing", '--no-pdf-header-footer');
my $browser = WebDriver->new("$tmp/profile") or die "chromedriver does not start\n";
sub text { my ($bytes) = @_; utf8::decode(my $text = $bytes); return $text }

my $set = "$top/criteria/ministry-departments";
my @evidence = ($set, "$set/example/don-vi-a.yaml", glob("$set/example/*.csv"), '--agency', 'don-vi-a');
my %says = (
  vi => ['Phiếu tự chấm điểm, năm 2026', 'Đơn vị giả định A (cục)', 'Tự chấm cao hơn điểm được tính', 'Tài liệu kiểm chứng', '118/KH-A', 'Mã kiểm tra hồ sơ (SHA-256)', 'NGƯỜI LẬP PHIẾU', 'THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ'],
  en => ['Self-assessment sheet, 2026', 'Claimed more than scored', 'Documents', '118/KH-A', 'Fingerprint of the submission (SHA-256)', 'Prepared by', 'Head of the agency'],
);
for my $lang ('vi', 'en') {
  my $page = "$tmp/$lang.html";
  my ($status, $said) = run("$build/release/ari", 'assess', '--lang', $lang, @evidence, '-o', $page);
  ok($status eq 0, "the sheet in $lang", text($said));
  my (undef, $json) = run("$build/release/ari", 'assess', '--lang', $lang, @evidence, '--format', 'json');
  my $print = decode_json($json)->{fingerprint};

  $browser->open_page('about:blank');
  $browser->told($_) for 'browser', 'performance';
  $browser->open_page("file://$page");
  my @complaints = map { $_->{message} } $browser->told('browser');
  my @asked = grep { !/^file:/ } map { my $m = decode_json($_->{message})->{message}; $m->{method} eq 'Network.requestWillBeSent' ? $m->{params}{request}{url} : () } $browser->told('performance');
  ok(!@complaints && !@asked, "$lang: nothing is complained of, nothing is asked of a network", @complaints, @asked);
  my $marks = $browser->js('return [document.querySelectorAll("h1").length, document.querySelectorAll("th:not([scope])").length, document.scripts.length, document.images.length, document.querySelectorAll("body > header, body > main").length].join()');
  ok($marks eq '1,0,0,0,2', "$lang: one heading above all, heads with scope, no script", $marks);
  ok($browser->js('return document.querySelector(".close code").textContent') eq $print, "$lang: the fingerprint is that of the sheet on the terminal");
  $browser->cdp('Emulation.setDeviceMetricsOverride', {width => 360, height => 700, deviceScaleFactor => 1, mobile => JSON::PP::true});
  ok($browser->js('return document.documentElement.scrollWidth <= 360'), "$lang: a telephone shows it without scrolling sideways", $browser->js('return document.documentElement.scrollWidth'));
  $browser->cdp('Emulation.clearDeviceMetricsOverride', {});

  my ($printed, $why) = run(@print, "--print-to-pdf=$tmp/$lang.pdf", "file://$page");
  ok($printed eq 0 && slurp("$tmp/$lang.pdf") =~ /\A%PDF-/, "$lang: it prints", $why);
  my (undef, $info) = run('pdfinfo', "$tmp/$lang.pdf");
  ok($info =~ /^Page size: +59[45](?:\.\d+)? x 84[12](?:\.\d+)? pts/m && $info =~ /^Pages: +[5-7]$/m, "$lang: on A4, and not longer than it need be", $info);
  my (undef, $words) = run('pdftotext', '-layout', "$tmp/$lang.pdf", '-');
  my @pages = split /\f/, text($words);
  my @lost = grep { my $wanted = $_; !grep { index($_, $wanted) >= 0 } @pages } @{$says{$lang}};
  ok(!@lost, "$lang: what is printed can be searched", @lost);
  ok(index($pages[-1], $print) >= 0 && index($pages[-1], $says{$lang}[-1]) >= 0, "$lang: whoever signs has the fingerprint on the same page", $pages[-1]);
  $browser->cdp('Emulation.setEmulatedMedia', {media => 'print'});
  $browser->cdp('Emulation.setDeviceMetricsOverride', {width => 703, height => 1000, deviceScaleFactor => 1, mobile => JSON::PP::false});   # 186 mm: A4 without its margins
  my $narrow = $browser->js('return Array.from(document.querySelectorAll("table"), t => t.getBoundingClientRect().right).filter(x => x > innerWidth + 1).length + "," + (document.querySelector(".own tbody th").getBoundingClientRect().width > 120)');
  ok($narrow eq '0,true', "$lang: no table is wider than the paper, and names have room", $narrow);
  $browser->cdp('Emulation.setEmulatedMedia', {media => ''});
  $browser->cdp('Emulation.clearDeviceMetricsOverride', {});
}
$browser->quit;
done();
