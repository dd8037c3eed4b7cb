/** One resumable upload, as the database knows it. How far it has come is the size of its file, never a column: the two could disagree after a crash. */
export type UploadRecord<Owner> = {
  id: string;
  owner: Owner;
  sizeBytes: number;
  /** What the client said of it, checked: see checkUploadMetadata. */
  metadata: UploadMetadata;
  createdAt: Date;
  /** Set once the bytes are whole, verified and in the artifact store. The blob has the upload's id. */
  finished: FinishedUpload | null;
};

export type UploadMetadata = { filename: string; path?: string; sha256?: string; contentType?: string };
export type FinishedUpload = { blobId: string; sha256: string };

/**
 * What several web processes must agree on about uploads; PostgreSQL in the product.
 * A lease is taken by compare-and-swap on the row: `holder` is random per request, an expired lease is free.
 */
export interface UploadRegistry<Owner> {
  /** Inserts the row and reserves `sizeBytes` of the owner's quota in one transaction. Throws `quota_exceeded`. */
  create(record: UploadRecord<Owner>): Promise<void>;
  get(id: string): Promise<UploadRecord<Owner> | null>;
  /** May be repeated with the same values; must then change nothing. */
  finish(id: string, finished: FinishedUpload): Promise<void>;
  /** Deletes the row and gives its reservation back. False: it was gone already, perhaps because a version has taken its bytes. */
  remove(id: string): Promise<boolean>;
  /** Uploads created before `before` that no model version uses, finished or not; at most `limit`. */
  listExpired(before: Date, limit: number): Promise<UploadRecord<Owner>[]>;
  /** Takes or, for the same holder, extends the lease. False while another holder has it, or when the upload is gone. */
  lease(id: string, holder: string, leaseMs: number): Promise<boolean>;
  release(id: string, holder: string): Promise<void>;
}
