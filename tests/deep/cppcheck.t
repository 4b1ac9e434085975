#!/usr/bin/perl
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

need('cppcheck');
# cppcheck 2.10 stumbles over compound literals in ?: (internalAstError) and over loops that test a pointer (nullPointerRedundantCheck).
my @known = map { "--suppress=$_" } qw(missingIncludeSystem internalAstError nullPointerRedundantCheck);
my ($status, $said) = run('/usr/bin/env', 'cppcheck', '--quiet', '--std=c11', '--language=c', '--enable=warning,portability,performance', '--error-exitcode=5', @known,
                          '-I', "$top/include", '-I', "$top/src", '-j', 2, "$top/src");
ok($status eq 0, 'cppcheck finds nothing', $said);
done();
