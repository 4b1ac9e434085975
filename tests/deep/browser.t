#!/usr/bin/perl
# The report in a real browser: what it was loaded from, what it complains of, what a reader sees.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

need('chromium');
my @chromium = ('/usr/bin/env', 'timeout', 90, 'chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                '--disable-component-update', '--disable-sync', '--disable-default-apps', "--user-data-dir=$tmp/profile");
for my $lang ('vi', 'en') {
  my ($status, $said) = run("$build/release/ari", 'run', '--lang', $lang, @real, '-o', "$tmp/$lang");
  ok($status eq 0, "the real example in $lang", $said);
  my ($browser, $page) = run(@chromium, '--enable-logging=stderr', '--log-level=0', "--log-net-log=$tmp/net.json", '--dump-dom', "file://$tmp/$lang/report.html");
  ok($browser eq 0 && $page =~ /<h1>/ && $page =~ /UBND xã/, "$lang: the page is there", $browser);
  my @complaints = grep { /CONSOLE|Refused to|Content Security Policy directive/ } split /\n/, $page =~ s/^.*?(?=<!DOCTYPE)//sr =~ s/<meta[^>]*>//gr;
  my ($log) = $page =~ /\A(.*?)<!DOCTYPE/s;
  push @complaints, grep { /CONSOLE/ } split /\n/, $log // '';
  ok(!@complaints, "$lang: the browser complains of nothing", @complaints);
  # What the browser asks for on its own account (the time, its updates, its accounts) is not the report's doing.
  my @addresses = grep { !m{^https?://[\w.-]*\b(?:google|googleapis|gvt1|gstatic)\.com/} } slurp("$tmp/net.json") =~ m{"url":"(https?://[^"]+)"}g;
  ok(!@addresses, "$lang: nothing is asked of a network", @addresses);
  my ($printed) = run(@chromium, '--no-pdf-header-footer', "--print-to-pdf=$tmp/$lang.pdf", "file://$tmp/$lang/report.html");
  ok($printed eq 0 && slurp("$tmp/$lang.pdf") =~ /\A%PDF-/, "$lang: it prints");
  my ($shot) = run(@chromium, '--hide-scrollbars', '--window-size=1280,2000', "--screenshot=$tmp/$lang.png", "file://$tmp/$lang/report.html");
  ok($shot eq 0 && -s "$tmp/$lang.png" > 50_000, "$lang: it is more than an empty page");
}
done();
