import type { IDataObject } from 'n8n-workflow';
import type { CloudProfile } from '../../../core/clouds';
import type { GraphPath } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import type { ExecuteInput } from '../operation';

/** What the reviewer fills in. */
export type ResponseForm =
	| {
			readonly kind: 'approval';
			readonly approveLabel: string;
			/** Missing where the reviewer can only approve. */
			readonly declineLabel?: string;
			readonly comment: boolean;
	  }
	| { readonly kind: 'text'; readonly buttonLabel: string }
	| { readonly kind: 'form'; readonly buttonLabel: string; readonly fields: readonly FormField[] };

export interface FormField {
	/** The reviewer's label for it, and its name in the output. */
	readonly label: string;
	readonly type: 'text' | 'multiline' | 'number' | 'date' | 'dropdown' | 'checkbox';
	/** Of a dropdown. */
	readonly choices: readonly string[];
	readonly required: boolean;
}

/** What is decided on, as the reviewer sees it in the mail. */
export interface Quote {
	readonly heading: string;
	readonly rows: ReadonlyArray<{ readonly label: string; readonly value: string }>;
	readonly body?: { readonly contentType: 'html' | 'text'; readonly content: string };
}

/** A question as the parameters give it. */
export interface QuestionDraft {
	readonly title: string;
	readonly message: string;
	readonly form: ResponseForm;
	/** Mail addresses. */
	readonly reviewers: readonly string[];
	/** How long to wait for an answer; `undefined` is for ever. */
	readonly limitMs: number | undefined;
}

/** A question that was asked, as it is kept while the workflow waits. */
export interface Question {
	/** Unguessable; a new one each time that the node asks. */
	readonly id: string;
	readonly title: string;
	readonly message: string;
	readonly form: ResponseForm;
	readonly reviewers: readonly string[];
	/** ISO 8601, UTC. */
	readonly askedAt: string;
	/** ISO 8601, UTC. */
	readonly expiresAt?: string;
	/** IANA name; times on pages and in the mail are in it. */
	readonly timezone: string;
	/** The root of the mailbox's Graph path. */
	readonly mailbox: string;
	/** What the operation needs in order to act on the answer. */
	readonly subject: IDataObject;
}

/** Who answered what, and when. */
export interface Answer {
	readonly decision: 'approved' | 'declined' | 'answered';
	readonly comment?: string;
	readonly text?: string;
	/** By the fields' labels. */
	readonly values?: Readonly<Record<string, string | number | boolean | null>>;
	/** The address that the link was sent to. */
	readonly respondedBy: string;
	/** ISO 8601, UTC. */
	readonly respondedAt: string;
}

export interface Asked extends QuestionDraft {
	/** From which mailbox the question is sent. */
	readonly mailbox: GraphPath;
	/** Becomes part of the output too, also when nobody answers. JSON. */
	readonly subject?: IDataObject;
	readonly quote?: Quote;
	/** Takes back what `ask` did; called when the question can't be sent. */
	readonly abandon?: () => Promise<void>;
}

export interface DecideInput {
	readonly answer: Answer;
	readonly subject: IDataObject;
	readonly mailbox: GraphPath;
	readonly graph: GraphClient;
	readonly cloud: CloudProfile;
	readonly identity: TokenProvider['kind'];
}

/** An operation that asks a person by mail and pauses the workflow until the answer. */
export interface Review<Params> {
	/** Prepares the question; runs before its mail is sent. */
	readonly ask: (input: ExecuteInput<Params>) => Promise<Asked> | Asked;
	/**
	 * Acts on the answer while the reviewer's page waits; what it returns joins the output. If it
	 * throws, the reviewer is told, the question stays open, and the next click calls it again:
	 * it must bear being called twice.
	 */
	readonly decide?: (input: DecideInput) => Promise<IDataObject | undefined>;
}
