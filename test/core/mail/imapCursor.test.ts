import fc from 'fast-check';
import {
	advance,
	confirm,
	type ImapCursor,
	recognise,
	renumber,
	startCursor,
} from '../../../core/mail/imapCursor';
import type { MessageSummary } from '../../../core/mail/imapFolder';

const startMs = Date.UTC(2026, 0, 1);

function message(uid: number, id: string, atSeconds: number): MessageSummary {
	return {
		uid,
		receivedAtMs: startMs + atSeconds * 1_000,
		sizeBytes: 1_000 + Number(id.replace(/\D/g, '')),
		flags: [],
		messageId: id.startsWith('twin') ? '<twin@contoso.example>' : `<${id}@contoso.example>`,
		subject: id,
		from: [],
		to: [],
		cc: [],
	};
}

/** A folder, and a trigger on it that looks, forgets and is told of new numbers at any moment. */
class Model {
	validity = 1;
	lastUid = 0;
	seconds = 0;
	count = 0;
	folder: MessageSummary[] = [];
	cursor: ImapCursor;
	/** By subject, the keys that it was handed over with. */
	readonly handed = new Map<string, Set<string>>();
	readonly expected = new Set<string>();

	constructor(old: number) {
		for (let index = 0; index < old; index++) this.arrive('old', 1);
		this.expected.clear();
		this.cursor = startCursor(
			this.position(),
			this.folder.slice(-200),
			startMs + this.seconds * 1_000,
		);
	}

	position() {
		return { place: 'ana/INBOX', uidValidity: String(this.validity), lastUid: this.lastUid };
	}

	arrive(kind: string, afterSeconds: number) {
		this.count += 1;
		this.seconds += afterSeconds;
		this.lastUid += 1;
		const id = `${kind}${this.count}`;
		this.folder.push(message(this.lastUid, id, this.seconds));
		this.expected.add(id);
	}

	/** Twins stay: which of them is gone nobody can tell after new numbers. */
	leave(index: number) {
		const others = this.folder.filter(({ subject }) => !subject.startsWith('twin'));
		const gone = others[index % Math.max(1, others.length)];
		if (!gone) return;
		this.folder = this.folder.filter((one) => one !== gone);
		if (!this.handed.has(gone.subject)) this.expected.delete(gone.subject);
	}

	renumber(gap: number) {
		this.validity += 1;
		this.lastUid = gap;
		this.folder = this.folder.map((one) => ({ ...one, uid: ++this.lastUid }));
		const since = this.cursor.recentSince - 86_400;
		const first = this.folder.find(({ receivedAtMs }) => receivedAtMs / 1_000 >= since);
		this.cursor = renumber(this.cursor, this.position(), first?.uid);
	}

	/** @param most messages; then it is interrupted */
	look(most: number, isConfirmed: boolean) {
		const found = this.folder.filter(({ uid }) => uid > this.cursor.lastUid);
		const part = found.slice(0, most);
		const isWhole = found.length <= most;
		const untilUid = isWhole ? this.lastUid : (part.at(-1)?.uid ?? this.cursor.lastUid);
		const { cursor, fresh } = recognise(this.cursor, part);
		this.cursor = advance(cursor, untilUid, part, fresh);
		// Pending ones are handed over again, as after a restart.
		for (const { uid, key } of this.cursor.pending) {
			const found = this.folder.find((one) => one.uid === uid);
			if (found) this.hand(found.subject, key);
		}
		if (isConfirmed) {
			this.cursor = confirm(this.cursor, new Set(this.cursor.pending.map(({ key }) => key)));
		}
	}

	hand(subject: string, key: string) {
		this.handed.set(subject, (this.handed.get(subject) ?? new Set()).add(key));
	}
}

const steps = fc.array(
	fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record({ arrive: fc.constantFrom('mail', 'twin'), after: fc.nat(2) }),
		},
		{ weight: 4, arbitrary: fc.record({ look: fc.nat(4), isConfirmed: fc.boolean() }) },
		{ weight: 1, arbitrary: fc.record({ leave: fc.nat(50) }) },
		{ weight: 2, arbitrary: fc.record({ gap: fc.nat(300) }) },
	),
	{ maxLength: 60 },
);

it('finds each message once under one key, whatever numbers the server gives', () => {
	fc.assert(
		fc.property(fc.nat(5), steps, (old, list) => {
			const model = new Model(old);
			// A second of its own, as the newest old one's is taken for looked at.
			model.seconds += 1;
			for (const step of list) {
				if ('arrive' in step) model.arrive(step.arrive, step.after);
				else if ('look' in step) model.look(step.look, step.isConfirmed);
				else if ('leave' in step) model.leave(step.leave);
				else model.renumber(step.gap);
			}
			model.look(Infinity, true);
			model.look(Infinity, true);
			expect([...model.handed.keys()].sort()).toEqual([...model.expected].sort());
			const repeated = [...model.handed].filter(([, keys]) => keys.size > 1);
			expect(repeated).toEqual([]);
			expect(model.cursor.pending).toEqual([]);
			expect(model.cursor).not.toHaveProperty('renumbering');
		}),
		{ numRuns: 1_000 },
	);
});

it('does not flood after new numbers, however long the folder was watched', () => {
	const model = new Model(0);
	for (let index = 0; index < 2_000; index++) {
		model.arrive('mail', 60);
		if (index % 7 === 0) model.look(Infinity, true);
	}
	model.look(Infinity, true);
	expect(model.handed.size).toBe(2_000);
	expect(JSON.stringify(model.cursor).length).toBeLessThan(20_000);
	model.renumber(10);
	model.arrive('mail', 60);
	model.look(Infinity, true);
	expect(model.handed.size).toBe(2_001);
	expect([...model.handed.values()].every((keys) => keys.size === 1)).toBe(true);
});

it('takes what a folder has at the start as old, also where it is renumbered at once', () => {
	const model = new Model(300);
	model.renumber(0);
	model.look(Infinity, true);
	expect(model.handed.size).toBe(0);
});

it('finds what comes into a folder that was empty at the start', () => {
	const model = new Model(0);
	model.arrive('mail', 1);
	model.renumber(0);
	model.arrive('mail', 1);
	model.look(Infinity, true);
	expect([...model.handed.keys()]).toEqual(['mail1', 'mail2']);
});
