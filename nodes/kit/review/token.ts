import { timingSafeEqual } from 'node:crypto';

/** What a link in a reviewer's mail stands for. */
export interface LinkClaim {
	readonly questionId: string;
	/** The place of the reviewer in the question's list: the link is this person's alone. */
	readonly reviewer: number;
	/** Which button of the mail it is. It only decides which button of the page comes first. */
	readonly choice: LinkChoice;
}

export type LinkChoice = 'approve' | 'decline' | 'respond';

/** A keyed hash of the parameters and their order, bound to one execution and node. */
export type Sign = (parameters: Readonly<Record<string, string>>) => string;

/** The query parameters of a link. */
export function signLink(claim: LinkClaim, sign: Sign): Record<string, string> {
	const parameters = parametersOf(claim);
	return { ...parameters, proof: sign(parameters) };
}

/** @returns `undefined` for a link that was not made by `signLink`, or was changed since */
export function readLink(
	query: Readonly<Record<string, unknown>>,
	sign: Sign,
): LinkClaim | undefined {
	const { question, reviewer, choice, proof } = query;
	if (typeof question !== 'string' || typeof proof !== 'string') return undefined;
	if (typeof reviewer !== 'string' || !/^\d{1,3}$/.test(reviewer)) return undefined;
	if (choice !== 'approve' && choice !== 'decline' && choice !== 'respond') return undefined;
	const claim: LinkClaim = { questionId: question, reviewer: Number(reviewer), choice };
	return isSame(proof, sign(parametersOf(claim))) ? claim : undefined;
}

function parametersOf({ questionId, reviewer, choice }: LinkClaim): Record<string, string> {
	return { question: questionId, reviewer: String(reviewer), choice };
}

function isSame(given: string, expected: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}
