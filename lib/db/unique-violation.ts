/** For `.catch(…)`: turns a unique violation (Prisma P2002) into the domain's own error; anything else goes on. */
export const onUniqueViolation = (make: () => Error) => (error: unknown): never => {
  if (typeof error === "object" && error !== null && "code" in error && error.code === "P2002") throw make();
  throw error;
};
