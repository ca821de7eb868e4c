import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { attemptsIn } from '../../ui/attempts';

describe('attempts to reach an address, as strace writes them', () => {
  it('are told by who made them: an extension host with its threads and programs, or another process', () => {
    const trace = [
      '10    execve("/usr/bin/node", ["/usr/bin/node", "serverProcess.mjs"], 0x1 /* 50 vars */) = 0',
      '11    execve("/usr/bin/node", ["/usr/bin/node", "bootstrap-fork", "--type=extensionHost"], 0x1 /* 5 vars */) = 0',
      '12    connect(28, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}, 16) = -1 ENETUNREACH (x)',
      '11    clone3({flags=CLONE_VM, exit_signal=0}, 88 <unfinished ...>',
      '11    <... clone3 resumed> => {parent_tid=[12]}, 88) = 12',
      '10    sendto(9, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 1',
      '11    connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)',
      '12    vfork() = 13',
      '13    connect(4, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    ];
    assert.deepEqual(
      attemptsIn(trace.join('\n')).map(({ by, to }) => `${by} -> ${to}`),
      ['extension host -> 10.0.0.1:53', 'another process -> 2001:db8::1:443', 'extension host -> 127.0.0.1:80'],
    );
    assert.deepEqual(attemptsIn(''), []);
  });
});
