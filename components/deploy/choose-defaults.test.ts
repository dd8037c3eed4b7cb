import { describe, expect, it } from "vitest";
import type { Fit } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";
import { chooseProfile, freeName } from "./choose-defaults";

const profiles = ["local-small", "local-medium", "local-large"].map((slug) => ({ slug }) as Profile);
const fits = (...verdicts: Fit["verdict"][]) => new Map(profiles.map((p, i) => [p.slug, { verdict: verdicts[i]!, bars: [], decidedBy: "" }]));

describe("the profile the wizard begins with", () => {
  it("is the smallest that fits", () => expect(chooseProfile(profiles, fits("does_not_fit", "fits", "fits"))).toBe("local-medium"));
  it("is a larger one that fits rather than a tight one", () => expect(chooseProfile(profiles, fits("tight", "fits", "fits"))).toBe("local-medium"));
  it("is the one named in the address", () => expect(chooseProfile(profiles, fits("fits", "fits", "fits"), "local-large")).toBe("local-large"));
  it("is none where the model fits nowhere", () => expect(chooseProfile(profiles, fits("does_not_fit", "does_not_fit", "does_not_fit"))).toBeNull());
});

describe("the name the wizard begins with", () => {
  it("is the model's, or the next number that is free", () => {
    expect(freeName("iris", new Set())).toBe("iris");
    expect(freeName("iris", new Set(["iris", "iris-2"]))).toBe("iris-3");
  });
  it("never grows beyond what a name may have", () => expect(freeName("a".repeat(40), new Set(["a".repeat(40)]))).toHaveLength(40));
});
