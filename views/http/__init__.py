"""What answers requests beside Streamlit: the shell around it, API, downloads, light pages, pictures, posters."""
