#!/usr/bin/perl
# Signatures and keys, both ways, with the public minisign tool: it verifies what ari signs, signs what ari verifies, and each takes the keys of the other.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0)) . '/..';
BEGIN { $ENV{ARI_OUT} //= "$ENV{ARI_BUILD}/release" }
use Harness qw($top $ari $tmp ok is done slurp put program start finish);

my $minisign = program('minisign') or do { print "Bail out! minisign is missing (make setup-deep)\n"; exit 1 };
my @set = ("$top/criteria/ministry-departments", "$top/criteria/ministry-departments/example/don-vi-a.yaml");

sub run { return finish(start($tmp, {}, $ari, @_, '--lang', 'en')) }
sub tool { return finish(start($tmp, {}, $minisign, @_)) }
# minisign asks for passwords; it takes lines where there is no terminal.
sub tool_told { my ($lines, @words) = @_; put("$tmp/lines", $lines); return finish(start($tmp, {}, '/bin/sh', '-c', 'exec "$@" <lines', 'sh', $minisign, @words)) }

put("$tmp/password", "mật khẩu\n");
put("$tmp/none", '');
my %keys = (open => 'none', locked => 'password');
for my $name (sort keys %keys) {
  my ($status, $said, $e) = run('key', '-o', $name, '--password-file', $keys{$name});
  ok($status eq 0 && (stat "$tmp/$name.key")[2] % 01000 == 0600, "ari makes a key: $name", $said, $e);
}
my ($status, $said, $e) = tool('-G', '-W', '-p', 'theirs.pub', '-s', 'theirs.key');
ok($status eq 0, 'minisign makes one without a password', $said, $e);
($status, $said, $e) = tool_told("abc\nabc\n", '-G', '-p', 'theirs-locked.pub', '-s', 'theirs-locked.key');
ok($status eq 0, 'and one with', $said, $e);
put("$tmp/abc", "abc\n");
@keys{'theirs', 'theirs-locked'} = ('none', 'abc');

for my $name (sort keys %keys) {
  ($status, $said, $e) = run('pack', @set, '-o', "$name.zip", '--sign', "$name.key", '--password-file', $keys{$name});
  ok($status eq 0, "ari signs with $name", $said, $e);
  ($status, $said, $e) = tool('-V', '-m', "$name.zip", '-p', "$name.pub");
  ok($status eq 0 && $said =~ /^Signature and comment signature verified\nTrusted comment: timestamp:1788220800\tfile:\Q$name\E\.zip\thashed$/m, 'and minisign verifies it', $said, $e);
  for my $older ([], ['-l']) {
    unlink "$tmp/$name.zip.minisig";
    ($status, $said, $e) = tool_told(slurp("$tmp/$keys{$name}"), '-S', @$older, '-s', "$name.key", '-m', "$name.zip", '-t', 'ký số');
    ok($status eq 0, "minisign signs with $name @$older", $said, $e);
    system 'rm', '-rf', "$tmp/opened";
    ($status, $said, $e) = run('unpack', "$name.zip", '-o', 'opened', '--key', "$name.pub");
    ok($status eq 0 && $e eq '' && $said =~ /^Signed with key [0-9A-F]{16} \(\Q$name\E\.pub\): ký số$/m, 'and ari verifies it', $said, $e);
  }
}
put("$tmp/open.zip", slurp("$tmp/open.zip") . "\0");
($status, $said, $e) = tool('-V', '-m', 'open.zip', '-p', 'open.pub');
ok($status ne 0, 'neither verifies what was changed', $said, $e);

done();
