import { setTimeout as sleep } from 'node:timers/promises';
import { expectItems } from './nodes.mjs';

/** Deliveries under way at once. */
const atOnce = 8;
const signInTimeoutMs = 30_000;
const settleMs = 1500;

const paragraph =
	'Dear customer, the goods of your order have left our warehouse today and will reach you within ' +
	'two working days. Please compare what arrives with the list below and tell us of any difference.';

/** About 5 KB, as a shop's or a ticket system's mail is: both forms of the text, no file. */
function message(to, number) {
	const id = `${number}.bench@fabrikam.example`;
	const text = Array.from({ length: 9 }, () => paragraph).join('\r\n\r\n');
	const html = `<p>${text.replaceAll('\r\n\r\n', '</p>\r\n\r\n<p style="margin:0 0 1em">')}</p>`;
	const relay = (hop) =>
		`Received: from relay${hop}.fabrikam.example (192.0.2.${hop}) by mail${hop}.contoso.example with\r\n` +
		` SMTP id bench${number}.${hop}; Mon, 5 Jan 2026 08:00:0${hop} +0000`;
	const part = (type, content) =>
		`--bench\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`;
	return [
		...[3, 2, 1].map(relay),
		`DKIM-Signature: v=1; a=rsa-sha256; d=fabrikam.example; s=bench;\r\n b=${'Qm'.repeat(86)}`,
		'Return-Path: <orders@fabrikam.example>',
		'From: Fabrikam Orders <orders@fabrikam.example>',
		`To: ${to}`,
		'Cc: Ben Okafor <ben@contoso.example>, sales@fabrikam.example',
		'Reply-To: Fabrikam Support <support@fabrikam.example>',
		`Subject: Your order ${number} is on its way`,
		'Date: Mon, 5 Jan 2026 08:00:00 +0000',
		`Message-ID: <${id}>`,
		`In-Reply-To: <order-${id}>`,
		'MIME-Version: 1.0',
		'Content-Type: multipart/alternative; boundary=bench',
		'',
		`${part('text/plain', text)}${part('text/html', html)}--bench--\r\n`,
	].join('\r\n');
}

/** A new mailbox each time: what one side made Dovecot note of a message must not help the other. */
async function fill({ sandbox, n8n }, count) {
	const mailbox = n8n.person.userPrincipalName;
	await sandbox.mailControl('POST', 'imap/empty', { mailbox });
	let number = 0;
	const deliver = async () => {
		while (number < count) {
			number += 1;
			await sandbox.mailControl('POST', 'deliver', { mailbox, mime: message(mailbox, number) });
		}
	};
	await Promise.all(Array.from({ length: atOnce }, deliver));
	const { unseen } = await sandbox.mailControl('POST', 'imap/count', { mailbox });
	if (unseen !== count) throw new Error(`${unseen} unread messages instead of ${count}`);
}

/**
 * Started by hand, n8n's trigger signs in and waits: of what is there already it says nothing until
 * something arrives. After a lost connection it signs in again and then fetches all that is unread,
 * which are the same steps as ours; an arrival would have it wait for Dovecot's notice first.
 */
async function provoke({ sandbox, n8n }) {
	const mailbox = n8n.person.userPrincipalName;
	const deadline = performance.now() + signInTimeoutMs;
	const isSignedIn = async () =>
		(await sandbox.mailControl('GET', 'imap/sessions')).includes(mailbox);
	while (!(await isSignedIn())) {
		if (performance.now() > deadline) throw new Error("n8n's IMAP trigger does not sign in");
		await sleep(100);
	}
	// It has still to open the folder.
	await sleep(settleMs);
	await sandbox.mailControl('POST', 'imap/cut', { mailbox });
	return Date.now();
}

export const imapHeaders = {
	value: 'imapHeaders',
	name: (count) => `IMAP: ${count.toLocaleString('en')} messages, headers (no latency added)`,
	// Not in the short form, which counts Graph requests.
	count: { full: 5000, short: 0 },
	warmUp: 200,
	withoutGraph: true,
	aims: { theirs: 1.5 },
	cannotRun: ({ sandbox }) => sandbox.imapReason,
	prepare: fill,
	ours: ({ nodes }, count) => ({
		nodes: [nodes.imap('Work', { resource: 'message', operation: 'getAll', limit: count })],
		check: (result) => {
			expectItems(count)(result);
			expectSubjects(result, count);
		},
	}),
	theirs: ({ nodes, ...context }, count) => ({
		provoke: async () => await provoke(context),
		nodes: [
			nodes.imapTrigger('Work', {
				postProcessAction: 'nothing',
				// The cheapest that puts out headers, by one FETCH of whole messages, which are then parsed: it
				// reads their texts, which ours leaves on the server. "Simple", the default, asks for both texts
				// of each message in turn besides, and "RAW" puts out a text without a subject or a sender.
				format: 'resolved',
			}),
		],
		check: (result) => {
			expectItems(count)(result);
			expectSubjects(result, count);
		},
	}),
};

function expectSubjects({ output }, count) {
	const subjects = new Set(output.map(({ json }) => json.subject));
	if (subjects.size !== count) throw new Error(`${subjects.size} subjects instead of ${count}`);
}
