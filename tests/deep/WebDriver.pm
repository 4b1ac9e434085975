# A small client of chromedriver: WebDriver over HTTP, with what perl itself brings.
package WebDriver;
use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;
use Time::HiRes qw(sleep);

my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

# Starts a driver on a free port and a browser with the folder `profile`; undef when it does not come up.
sub new {
  my ($class, $profile) = @_;
  my $said = "$profile.log";
  my $pid = fork // die;
  if ($pid == 0) {
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', $said) or exit 126;
    open(STDERR, '>&', \*STDOUT) or exit 126;
    exec 'chromedriver', '--port=0' or exit 127;
  }
  my $self = bless {pid => $pid, http => HTTP::Tiny->new(timeout => 600)}, $class;
  for (1 .. 200) {
    sleep 0.1;
    open(my $f, '<', $said) or next;
    last if ($self->{port}) = map { /successfully on port (\d+)/ ? $1 : () } <$f>;
  }
  return undef unless $self->{port};
  my @args = ('--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
              '--disable-default-apps', '--window-size=1280,1000', "--user-data-dir=$profile");
  my $answer = $self->ask('POST', '/session', {capabilities => {alwaysMatch => {
    browserName => 'chrome', 'goog:chromeOptions' => {args => \@args}, 'goog:loggingPrefs' => {browser => 'ALL', performance => 'ALL'}}}});
  $self->{session} = $answer->{sessionId};
  return $self;
}

sub ask {
  my ($self, $how, $path, $body) = @_;
  my $answer = $self->{http}->request($how, "http://127.0.0.1:$self->{port}$path",
                                      {headers => {'Content-Type' => 'application/json'}, $how eq 'POST' ? (content => $json->encode($body // {})) : ()});
  my $value = eval { $json->decode($answer->{content})->{value} };
  die "$path: " . substr($answer->{content} // '', 0, 500) . "\n" unless $answer->{success};
  return $value;
}

sub post { my ($self, $path, $body) = @_; return $self->ask('POST', "/session/$self->{session}$path", $body) }
sub open_page { my ($self, $url) = @_; return $self->post('/url', {url => $url}) }
# The value of a function's body in the page.
sub js { my ($self, $body, @args) = @_; return $self->post('/execute/sync', {script => $body, args => \@args}) }
sub find { my ($self, $css) = @_; return $self->post('/element', {using => 'css selector', value => $css})->{$ELEMENT} }
sub click { my ($self, $css) = @_; return $self->post('/element/' . $self->find($css) . '/click') }
sub type { my ($self, $css, $text) = @_; return $self->post('/element/' . $self->find($css) . '/value', {text => $text}) }
sub clear { my ($self, $css) = @_; return $self->post('/element/' . $self->find($css) . '/clear') }
sub cdp { my ($self, $name, $what) = @_; return $self->post('/goog/cdp/execute', {cmd => $name, params => $what}) }
# What the console, or the network ("performance"), has had to say since it was last asked.
sub told { my ($self, $type) = @_; return @{$self->post('/se/log', {type => $type})} }

sub quit {
  my ($self) = @_;
  eval { $self->ask('DELETE', "/session/$self->{session}") } if $self->{session};
  kill 'TERM', $self->{pid};
  waitpid $self->{pid}, 0;
}

1;
