// Folders
