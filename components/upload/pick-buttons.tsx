"use client";
import { File, Folder } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { readInput, type PickedFile } from "@/components/upload/read-drop";

/** Opens the system's dialog for one file, or for a folder. */
export function PickButtons({ onPick, size = "md", folder = true, fileLabel = "Choose a file", folderLabel = "Choose a folder" }: { onPick: (files: PickedFile[]) => void; size?: "sm" | "md"; folder?: boolean; fileLabel?: string; folderLabel?: string }) {
  const file = useRef<HTMLInputElement>(null);
  const directory = useRef<HTMLInputElement>(null);
  const picked = (input: HTMLInputElement) => {
    const files = input.files ? readInput(input.files) : [];
    input.value = "";
    if (files.length > 0) onPick(files);
  };
  return (
    <>
      <input ref={file} type="file" hidden aria-label={fileLabel} data-testid="pick-file" onChange={(e) => picked(e.currentTarget)} />
      <Button size={size} onClick={() => file.current?.click()}><File aria-hidden />{fileLabel}</Button>
      {folder ? (
        <>
          <input ref={directory} type="file" hidden multiple aria-label={folderLabel} data-testid="pick-folder" onChange={(e) => picked(e.currentTarget)} {...{ webkitdirectory: "" }} />
          <Button size={size} onClick={() => directory.current?.click()}><Folder aria-hidden />{folderLabel}</Button>
        </>
      ) : null}
    </>
  );
}
