const extensions: Readonly<Record<string, string>> = {
	'application/json': 'json',
	'application/pdf': 'pdf',
	'application/xml': 'xml',
	'application/zip': 'zip',
	'image/jpeg': 'jpg',
	'image/svg+xml': 'svg',
	'message/delivery-status': 'txt',
	'message/disposition-notification': 'txt',
	'message/rfc822': 'eml',
	'text/calendar': 'ics',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/plain': 'txt',
	'text/rfc822-headers': 'txt',
	'text/vcard': 'vcf',
	'text/xml': 'xml',
};

/**
 * A file name that is safe to store: without a path or control characters, and never empty.
 * @param given as the message says; senders write anything
 * @param index counted from 0
 */
export function attachmentName(
	given: string | false | undefined,
	contentType: string,
	index: number,
): string {
	const base = (given || '').split(/[\\/]/).at(-1) ?? '';
	const clean = base.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
	if (clean !== '' && !/^\.+$/.test(clean)) return shortened(clean);
	const type = contentType.toLowerCase();
	if (type === 'application/ms-tnef') return 'winmail.dat';
	const known = extensions[type] ?? /^(?:image|audio|video)\/([a-z0-9]+)$/.exec(type)?.[1] ?? 'bin';
	return `attachment-${index + 1}.${known}`;
}

/** File systems take 255 bytes; the extension stays. */
function shortened(name: string): string {
	if (name.length <= 120) return name;
	const extension = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? '';
	return name.slice(0, 120 - extension.length) + extension;
}
