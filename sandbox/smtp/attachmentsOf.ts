import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser';

export interface ReceivedAttachment {
	readonly fileName: string;
	readonly sizeBytes: number;
	/** Hexadecimal. */
	readonly sha256: string;
}

/** The files in a message, by a library that has no part in sending it. */
export async function attachmentsOf(file: string): Promise<ReceivedAttachment[]> {
	const parser = new MailParser();
	const attachments: ReceivedAttachment[] = [];
	parser.on('data', (part: AttachmentStream | MessageText) => {
		if (part.type !== 'attachment') return;
		const hash = createHash('sha256');
		let sizeBytes = 0;
		part.content.on('data', (chunk: Buffer) => {
			hash.update(chunk);
			sizeBytes += chunk.length;
		});
		part.content.on('end', () => {
			const fileName = part.filename ?? '';
			attachments.push({ fileName, sizeBytes, sha256: hash.digest('hex') });
			part.release();
		});
	});
	await new Promise<void>((resolve, reject) => {
		parser.on('end', resolve);
		parser.on('error', reject);
		createReadStream(file).on('error', reject).pipe(parser);
	});
	return attachments;
}
