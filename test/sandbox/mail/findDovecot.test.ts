import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDovecot } from '../../../sandbox/imap/findDovecot';

describe('findDovecot', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'find-dovecot-'));
	});
	afterEach(async () => {
		await rm(folder, { recursive: true });
	});

	async function install(version: string): Promise<void> {
		for (const name of ['dovecot', 'doveadm']) {
			const file = join(folder, name);
			await writeFile(file, `#!/bin/sh\necho '${version}'\n`);
			await chmod(file, 0o755);
		}
	}

	it('says how to get it where it is missing', () => {
		expect(findDovecot([folder])).toEqual({
			reason:
				'IMAP needs Dovecot: install it (Debian and Ubuntu: sudo apt-get install dovecot-imapd) and start the sandbox again',
		});
	});

	it('finds it', async () => {
		await install('2.3.19.1 (9b53102964)');
		expect(findDovecot([folder])).toEqual({
			binary: join(folder, 'dovecot'),
			doveadm: join(folder, 'doveadm'),
		});
	});

	it('takes no version whose settings it does not write', async () => {
		await install('2.4.1 (7d8c0e5759)');
		expect(findDovecot([folder]).reason).toMatch(/needs Dovecot 2\.3; 2\.4\.1 is installed/);
	});
});
